"""Notes for the file, made from the answers of the scripted assistant."""

from datetime import datetime

from scripted_assistant import BY_ID

from assistant.vermerk.composing import note_of_answers
from assistant.vermerk.record import Dated
from assistant.vermerk.stock import Stock
from assistant.wording.texts import WORDS

NOW = datetime(2026, 11, 25, 11, 20)
CHECKSUM = "c0ffee" * 10 + "0000"
STOCK = Stock(
    BY_ID.get,
    {"richtlinie": CHECKSUM}.get,
    documents=3,
    read_at=datetime(2026, 11, 24, 9, 0),
)


def note_of(*answers, language="de"):
    return note_of_answers([Dated(one, NOW) for one in answers], STOCK, WORDS[language], NOW)


def texts_of(note):
    """Return all lines of a note, their footnotes as "[1]"."""
    return [
        "".join(f"[{piece}]" if isinstance(piece, int) else piece for piece in block.pieces)
        for section in note.sections
        for block in section.blocks
        if hasattr(block, "pieces")
    ]
