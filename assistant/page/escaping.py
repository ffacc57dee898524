"""Text that a document or a person wrote, made safe to stand in the page's HTML."""

import html
import re

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_IDENTIFIER = re.compile(r"`([^`]+)`")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Drop control characters and bidi overrides: they can make a quote read as what it is not."""
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text))


def escape(text: str) -> str:
    """Escape `text` for element content and quoted attributes, on one line.

    The HTML travels through `gr.Markdown`, which hands a block of HTML on untouched as long as it
    holds no blank line and none of its own `%%%` place holders; so both become entities.
    """
    return html.escape(visible(text), quote=True).replace("%", "&#37;").replace("\n", "&#10;")


def escape_message(text: str) -> str:
    """Escape one of our own messages and set its identifiers, which stand in backticks, as code."""
    return _IDENTIFIER.sub(r"<code>\1</code>", escape(text))
