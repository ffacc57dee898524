"""File to document to passages to index."""
