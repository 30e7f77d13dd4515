"""Site profiles: their file format, the shipped ones, and those learned from folders of pages."""
