"""The index: documents, records, queries, ranking, engines, generations."""
