"""What an index is: documents, records, queries, ranking, engines, generations; shared by writer and reader."""
