"""Variants of a word that one stem stands for: rival spellings, other names, words joined."""
