"""The letter rules: how words are written, and what readers do not tell apart."""
