"""Passages and a question to the one message a model gets; untrusted text stays data."""

import re
import secrets
import unicodedata
from collections.abc import Sequence

from assistant.answers import Message
from corpus.documents import Passage
from prompts import render

EARLIER = 3  # questions of the conversation that a follow-up may point back to

# How chat templates write who speaks: "<|im_start|>", "[INST]", "<<SYS>>", "### System:", "</s>".
_ROLE_MARK = re.compile(
    r"</?\s*\|?[\w\s/|:-]{1,40}\|?\s*>|\[/?(?:INST|SYS)\w*\]|^\s*#{2,}\s*|"
    r"^\s*(?:system|user|assistant|human)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "#": "·", ":": " –"})


def wording_prompt(
    question: str, passages: Sequence[Passage], language: str, *, delimiter: str | None = None
) -> str:
    """Return the message that asks for an answer; the delimiter is new each time."""
    delimiter = delimiter or f"=== {secrets.token_hex(8)} ==="
    texts = [f"{one.title}. {one.heading}\n{one.text}" for one in passages]
    return render(
        f"wording.{language}",
        delimiter=delimiter,
        passages="\n\n".join(as_data(text, delimiter) for text in texts),
        question=as_data(question, delimiter),
    )


def condense_prompt(question: str, history: Sequence[Message], language: str) -> str:
    """Return the message that asks for a question which stands alone.

    Answers are left out: they quote documents, and a document has no say in what is asked.
    """
    earlier = [turn.text for turn in history if turn.role == "user"][-EARLIER:]
    return render(
        f"condense.{language}",
        earlier="\n".join(f"- {as_data(one)}" for one in earlier),
        question=as_data(question),
    )


def as_data(text: str, delimiter: str = "") -> str:
    """Take out of a text what a model could read as a change of speaker, or cannot be seen."""
    if delimiter:
        text = text.replace(delimiter, "")
    visible = "".join(one for one in text if unicodedata.category(one) not in ("Cf", "Co", "Cn"))
    return _ROLE_MARK.sub(lambda mark: mark[0].translate(_BRACKETS), visible)
