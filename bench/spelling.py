"""How often the right word comes first for words with one realistic error, drawn from the vocabulary of ant1."""
