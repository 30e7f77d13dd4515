"""What an index is: documents, records, queries, ranking, engines, generations."""
