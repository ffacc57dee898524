"""What we know: types, settings, embedder and index, and the starter documents in `library/`."""
