"""The health of a document: what its pages show about how well it could be read."""

import hashlib
import re
from collections.abc import Sequence

from corpus.dates import find_days
from corpus.documents import Health, Page
from ingest.repairs import Repairs

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
        dates=tuple(sorted(set(find_days(text)))[:_MOST_DATES]),
        fingerprint=_fingerprint(text),
        remarks=remarks,
    )


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
