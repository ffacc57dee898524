"""Answers and collected passages as a note for the file: Word, PDF and Markdown.

Only quotes that prove themselves against the index are printed. What a document or a person wrote
is text everywhere, never markup.
"""
