"""Arabic analysis: text to tokens, each with its terms at every level. Imports nothing else of ours."""
