"""Content and indexes moved from one place to another: export and import, snapshot and restore."""
