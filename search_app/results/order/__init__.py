"""Orders beside relevance: by matching comments, and what an editor pinned."""
