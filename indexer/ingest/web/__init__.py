"""Pages of sites, fetched politely and without trust in what answers."""
