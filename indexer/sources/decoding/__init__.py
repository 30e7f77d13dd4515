"""Bytes to text: encodings, text that was decoded wrongly, streams."""
