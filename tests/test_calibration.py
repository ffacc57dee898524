import numpy as np
import pytest
from hashing_embedder import COMMON, HashingEmbedder
from sample_passages import PASSAGES, build

from corpus.calibration import background, embed_everyday, peaks
from corpus.index import Index

STRANGE = ["Der Lesebus fährt durch die Dörfer.", "Die Förderquote beträgt 60 Prozent."]
EVERYDAY = "Wie tief ist der Bodensee?"


def measured(texts, embedder):
    units = embedder.encode_document(texts).astype(np.float16)
    return background([peaks(units, embed_everyday(embedder))])


def test_corpus_without_units_has_no_background(embedder):
    nothing = peaks(np.zeros((0, embedder.dimension), np.float16), embed_everyday(embedder))

    assert background([]) == background([nothing]) == 0.0


def test_background_of_documents_together_is_that_of_all_their_units(embedder):
    questions = embed_everyday(embedder)
    each = [
        peaks(embedder.encode_document([text]).astype(np.float16), questions)
        for text in [*STRANGE, EVERYDAY]
    ]

    assert background([(), *each]) == pytest.approx(measured([*STRANGE, EVERYDAY], embedder))


def test_background_is_between_strangers_and_twins(embedder):
    assert COMMON - 0.01 < measured(STRANGE, embedder) < 1


def test_background_rises_with_what_everyday_questions_are_about(embedder):
    assert measured([*STRANGE, EVERYDAY], embedder) > measured(STRANGE, embedder)


@pytest.mark.parametrize("texts", [STRANGE[:1], STRANGE, [*STRANGE, EVERYDAY]])
def test_further_units_never_lower_it(embedder, texts):
    before = measured(texts, embedder)

    assert measured([*texts, "Ersatzteile bezahlt der Förderkreis."], embedder) >= before


def test_background_is_the_mean_of_the_nearest_cosines(embedder):
    vectors = embedder.encode_document(STRANGE)

    found = background([peaks(vectors.astype(np.float16), embed_everyday(embedder))])

    nearest = [max(vectors @ embedder.encode_query([one])[0]) for one in embedder.queries[:]]
    assert found == pytest.approx(np.mean(nearest), abs=1e-3)


def test_everyday_questions_are_embedded_as_questions(embedder):
    asked = HashingEmbedder()

    embed_everyday(asked)

    assert asked.documents == []
    assert len(set(asked.queries)) >= 10
    assert all(one.endswith("?") for one in asked.queries)


def test_index_keeps_the_background_of_its_own_units(corpus_index, data, embedder):
    units = [text for one in PASSAGES for text in one.unit_texts]

    assert corpus_index.background == pytest.approx(measured(units, embedder))

    build(data, embedder, PASSAGES[:1])

    assert Index.open(data, embedder).background < corpus_index.background
