"""The completions of an index: texts to offer while somebody types, found by how their words begin."""
