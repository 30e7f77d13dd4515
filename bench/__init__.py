"""Benchmarks: our engines beside their peers, from the same files in the same run."""
