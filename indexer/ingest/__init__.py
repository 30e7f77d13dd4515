"""Sources to articles: files found and named, what has not changed passed over, outcomes reported."""
