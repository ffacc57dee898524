"""`ask --export`: an answer as a note for the file."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UserFacingError
from corpus.settings import load_settings

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.dialogue import Assistant


def check_ending(path: Path) -> str:
    """Return the ending of a name without its dot; refuse one that stands for no format of ours."""
    from assistant.vermerk.export import FORMATS

    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise UserFacingError(
            f"`{path.name}` hat keine Endung, für die es ein Format gibt.",
            hint="Möglich sind .docx, .pdf und .md.",
        )
    return ending


def export(answer: "Answer", assistant: "Assistant", path: Path, *, data: Path | None) -> None:
    """Write an answer to `path` in the format of its ending; what was there is replaced."""
    from assistant.vermerk.composing import note_of_answers
    from assistant.vermerk.export import FORMATS
    from assistant.vermerk.record import Dated
    from assistant.vermerk.stock import stock_of
    from assistant.wording.texts import GERMAN

    now = datetime.now()
    stock = stock_of(assistant.index, load_settings(data=data).data)
    note = note_of_answers([Dated(answer, now)], stock, GERMAN, now)
    try:
        path.write_bytes(FORMATS[check_ending(path)].write(note))
    except OSError as error:
        raise UserFacingError(
            f"`{path}` lässt sich nicht schreiben ({error.strerror}).",
            hint="Einen anderen Pfad angeben.",
        ) from error
