"""What each field of the ranking brings: the quality of the search without it."""
