"""Other readings of a query that finds little: slips of the keyboard, Latin letters, misspelt words."""
