"""One module an engine; ``index/engine.py`` opens them by name."""
