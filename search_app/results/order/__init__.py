"""The order of an answer: full matches before partial ones, pins, matching comments."""
