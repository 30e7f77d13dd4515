"""Dates in any form: read from pages and exports, typed as bounds, turned into intervals."""
