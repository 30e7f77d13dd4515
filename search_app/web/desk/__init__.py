"""The editors' desk, behind a key: what readers search, what they do not find, and a synonym for it."""
