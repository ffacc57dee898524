import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from sample_passages import PASSAGES

from corpus.postings import Postings, load_array, term_key

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


def test_no_two_threads_read_the_head_of_an_array_at_once(tmp_path, monkeypatch):
    np.save(tmp_path / "a.npy", np.arange(3))
    load, alone, together = np.load, threading.Lock(), threading.Barrier(4)
    overlaps = []

    def slow_load(*arguments, **options):
        is_alone = alone.acquire(blocking=False)
        overlaps.append(not is_alone)
        threading.Event().wait(0.02)  # for the others, should nothing hold them back
        if is_alone:
            alone.release()
        return load(*arguments, **options)

    def open_it(_):
        together.wait()
        return load_array(tmp_path / "a.npy")

    monkeypatch.setattr(np, "load", slow_load)
    with ThreadPoolExecutor(4) as pool:
        assert [list(one) for one in pool.map(open_it, range(4))] == [[0, 1, 2]] * 4
    assert overlaps == [False] * 4
