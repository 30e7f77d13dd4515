"""Places to keep things in: one SQLite file, folders for temporary files."""
