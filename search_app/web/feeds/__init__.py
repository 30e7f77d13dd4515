"""Feeds: a search as an Atom feed, and the description of the search that browsers read."""
