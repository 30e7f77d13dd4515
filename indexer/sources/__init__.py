"""The readers of sources: one article after the other out of bytes."""
