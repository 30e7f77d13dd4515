"""Load on a server for minutes, while its index is written to."""
