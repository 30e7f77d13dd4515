"""Words and patterns of CLDR, as `python -m bench.shipped.cldr` writes them."""
