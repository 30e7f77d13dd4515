"""The reading side: what a person typed to ranked, highlighted results, as a page, as JSON, as an element."""
