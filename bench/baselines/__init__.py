"""Stemmers and rankings that quality is compared with."""
