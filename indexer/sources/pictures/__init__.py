"""Pictures of articles: which address can be one's, and where formats state it."""
