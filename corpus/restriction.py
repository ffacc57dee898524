"""An index and the documents someone may read → an index that knows nothing of the others.

Not a filter over hits: word weights, learned abbreviations and the background of the cosines are
made anew from what is readable, as if nothing else had ever been ingested. So nothing of a closed
document can show in a rank, a refusal or a completed abbreviation.
"""

from collections.abc import Set as AbstractSet

import numpy as np

from corpus.build import searchable_text
from corpus.calibration import background
from corpus.embedder import Embedder
from corpus.index import Index
from corpus.learned import learn
from corpus.lexical import LexicalIndex


def restricted(index: Index, readable: AbstractSet[str], embedder: Embedder) -> Index:
    """Return the part of `index` that lies in the documents with these ids."""
    rows = index.rows_of(readable)
    passages = index.passages(rows)
    units = [index.unit_vectors(int(row)) for row in rows]
    return index.part(
        rows,
        lexical=LexicalIndex.build(searchable_text(one) for one in passages),
        learned=learn([one.text for one in passages]),
        background=background(np.concatenate(units).astype(np.float16), embedder),
    )
