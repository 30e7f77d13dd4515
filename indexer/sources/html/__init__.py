"""Saved HTML pages to articles, by a site profile, by machine data, by rules."""
