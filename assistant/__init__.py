"""Question to query to hits to an answer with citations."""
