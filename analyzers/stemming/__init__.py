"""The stemmer: rules that take a folded word to what it is a form of, proved by the corpus."""
