"""What folding hides of the matches, and so their totals."""
