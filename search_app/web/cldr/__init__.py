"""Numbers, dates and ages in Arabic by CLDR."""
