"""Word lists of dates, of times of day and of ages."""
