import numpy as np
import pytest
from sample_passages import PASSAGES

from corpus.postings import Postings, term_key

TEXTS = [passage.text for passage in PASSAGES]
FIELDS = ("keys", "starts", "rows", "counts", "lengths")


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in FIELDS)


@pytest.mark.parametrize(
    "kept",
    [[True] * 6, [False, True, True, False, False, True], [True] + [False] * 5, [False] * 6],
    ids=["all", "some", "one", "none"],
)
@pytest.mark.parametrize("cut", [0, 2, 6])
def test_merged_postings_are_those_of_the_kept_texts(kept, cut):
    mask = np.array(kept)
    parts = [(Postings.of(TEXTS[:cut]), mask[:cut]), (Postings.of(TEXTS[cut:]), mask[cut:])]

    merged = Postings.merged(parts)

    assert same(merged, Postings.of([text for text, keep in zip(TEXTS, kept, strict=True) if keep]))


def test_saved_postings_are_opened_as_they_were(tmp_path):
    postings = Postings.of(TEXTS)

    postings.save(tmp_path)

    assert same(Postings.load(tmp_path), postings)


def test_term_is_found_with_how_often_it_stands_where():
    postings = Postings.of(["Kreis und Kreis", "Stadt", "Kreis"])

    where = postings.find(term_key("kreis"))

    assert postings.rows[where].tolist() == [0, 2]
    assert postings.counts[where].tolist() == [2, 1]
    assert postings.find(term_key("dorf")) == slice(0, 0)
