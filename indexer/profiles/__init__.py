"""Site profiles: their file format, the shipped ones, and those that folders of pages have taught."""
