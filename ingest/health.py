"""The health of a document: what its pages show about how well it could be read."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.documents import Health, Page
from ingest.repairs import Repairs

_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
_DATE = re.compile(
    rf"(?<![\d.])(?:(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.|({'|'.join(_MONTHS)}))\s?(\d{{4}})"
    r"|(\d{4})-(\d\d)-(\d\d))(?!\d)",
    re.IGNORECASE,
)
_MOST_DATES = 500
_WORD = re.compile(r"\w+")
_RUN = 5  # words
FINGERPRINT = 128  # hashes; a likeness of .8 is then estimated to within .04 (one sigma)


def health_of(pages: Sequence[Page], repairs: Repairs, remarks: tuple[str, ...] = ()) -> Health:
    """Examine the pages of one document; `remarks` say what its reader left out."""
    text = "\n".join(page.text for page in pages)
    return Health(
        pages_without_text=sum(not page.text.strip() for page in pages),
        pages_recognised=sum(page.is_recognised for page in pages),
        repaired_umlauts=repairs.umlauts,
        removed_characters=repairs.removed,
        tables=sum(block.kind == "table" for page in pages for block in page.blocks),
        dates=tuple(sorted(set(_dates(text)))[:_MOST_DATES]),
        fingerprint=_fingerprint(text),
        remarks=remarks,
    )


def _dates(text: str) -> Iterator[date]:
    """Yield the days named in a text: 1.3.2024, 1. März 2024, 2024-03-01."""
    for match in _DATE.finditer(text):
        day, number, name, year, iso_year, iso_month, iso_day = match.groups()
        month = _MONTHS.index(name.lower()) + 1 if name else number or iso_month
        try:
            yield date(int(year or iso_year), int(month), int(day or iso_day))
        except ValueError:
            continue  # 31.2.2024, or a number of another kind


def _fingerprint(text: str) -> tuple[int, ...]:
    """Return the smallest hashes of the runs of five words (bottom-k sketch, Broder 1997)."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
    hashes = {
        int.from_bytes(hashlib.blake2b(run.encode("utf-8"), digest_size=4).digest(), "big")
        for run in runs
        if run
    }
    return tuple(sorted(hashes)[:FINGERPRINT])
