"""Keys to the API: made, kept as hashes in a file, and verified."""
