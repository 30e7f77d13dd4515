"""``python -m bench.cluster``: the costs of an index on a cluster."""
