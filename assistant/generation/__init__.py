"""Answers worded by a language model that may only say what the documents say."""
