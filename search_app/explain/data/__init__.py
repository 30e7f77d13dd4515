"""Tables for explanations; each says in its head what stands in a row."""
