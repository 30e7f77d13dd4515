"""Explanations of the analysis, for the page ``/analyze`` and the command."""
