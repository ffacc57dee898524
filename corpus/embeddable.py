"""A text as it comes in; the text as an embedding model may see it out."""


def embeddable(text: str) -> str:
    """Return `text` fit for a tokenizer; raise `ValueError` where nothing in it is visible.

    A model gives even an empty text a vector, and that vector is near to everything.
    """
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise ValueError("a text without a visible character has no meaning to embed")
    # A NUL ends a text for some tokenizers; half a surrogate pair, which broken PDFs contain,
    # cannot be written as UTF-8.
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
