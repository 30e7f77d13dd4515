"""Sentences on the fields and parameters of the API, in English and Arabic."""
