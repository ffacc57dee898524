from dataclasses import replace

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES, build, documents_of, passage

from corpus import segment
from corpus.index import Index, chroma_folder
from corpus.manifest import index_folder, read_manifest
from corpus.originals import original
from corpus.store import VectorStore, connect
from corpus.verification import verify
from corpus.writer import IndexWriter


class DyingEmbedder(HashingEmbedder):
    """Dies after some calls, as a process does that is killed."""

    def __init__(self, calls):
        super().__init__()
        self.calls_left = calls

    def encode_document(self, texts):
        if not self.calls_left:
            raise KeyboardInterrupt
        self.calls_left -= 1
        return super().encode_document(texts)


def writer_of(data, embedder, **options):
    return IndexWriter.open(data, embedder=embedder, passage_tokens=200, **options)


def files(data, pattern):
    return sorted(path.name for path in index_folder(data).glob(pattern))


def vector_names(data):
    store = VectorStore(connect(chroma_folder(data)), read_manifest(data).collection)
    return set(store.ids())


def one_document(text, name="neu"):
    one = passage(text, name)
    return documents_of([one])[0], [one]


def test_manifest_names_what_was_built(data, embedder):
    manifest = build(data, embedder)

    assert read_manifest(data) == manifest
    assert (manifest.generation, manifest.embedder, manifest.dimension) == (1, "hashing/256", 256)
    assert (manifest.documents, manifest.passages, manifest.passage_tokens) == (3, 6, 200)


@pytest.mark.parametrize("calls", [0, 1], ids=["first call", "between passages and sentences"])
def test_run_that_dies_leaves_the_old_generation_live(data, embedder, calls):
    before = build(data, embedder)

    with writer_of(data, DyingEmbedder(calls)) as writer:
        writer.put(*one_document("Neuer Text."))
        with pytest.raises(KeyboardInterrupt):
            writer.commit()

    assert read_manifest(data) == before
    assert Index.open(data, embedder).passages(range(6)) == list(PASSAGES)


@pytest.mark.parametrize("dying", [1, 2])
@pytest.mark.parametrize("is_first", [True, False], ids=["into nothing", "into an index"])
def test_run_that_ends_behind_the_switch_leaves_the_rest_to_the_next(
    data, embedder, monkeypatch, is_first, dying
):
    def stop(*_):
        raise KeyboardInterrupt

    if not is_first:
        build(data, embedder)
    for text in ("Erster Text.", "Zweiter Text.")[:dying]:
        with monkeypatch.context() as patch, writer_of(data, embedder) as writer:
            patch.setattr("corpus.writer.clear_away", stop)
            writer.put(*one_document(text))
            with pytest.raises(KeyboardInterrupt):
                writer.commit()

    with writer_of(data, embedder):
        pass

    assert verify(data) == ()


def test_next_run_clears_away_what_a_dead_one_left(data, embedder):
    build(data, embedder)
    with writer_of(data, embedder) as writer:
        writer.put(*one_document("Neuer Text."))
        writer._embed()
    assert len(files(data, "segments/*")) == 2

    with writer_of(data, embedder):
        pass

    assert len(files(data, "segments/*")) == 1
    assert len(Index.open(data, embedder)) == 6


def test_only_the_generation_before_is_kept(data, embedder):
    for n in range(1, 5):
        build(data, embedder, PASSAGES[:n])

    assert files(data, "gen-*") == ["gen-000003.json", "gen-000004.json"]
    assert len(vector_names(data)) == 4  # three of them in both


def test_index_without_passages_can_be_built(data, embedder):
    assert build(data, embedder, ()).passages == 0
    assert build(data, embedder).passages == 6
    assert build(data, embedder, ()).passages == 0


def test_document_without_passages_is_kept_in_the_list(data, embedder):
    document = replace(documents_of(PASSAGES)[0], id="leer", origin="/leer", passages=0)
    build(data, embedder)
    with writer_of(data, embedder) as writer:
        writer.put(document, [])
        writer.commit()

    assert Index.open(data, embedder).documents[-1] == document


def test_same_content_again_is_no_change(indexed, embedder):
    embedder.documents.clear()
    with writer_of(indexed, embedder) as writer:
        for document in documents_of(PASSAGES):
            writer.put(document, [one for one in PASSAGES if one.document_id == document.id])
        assert not writer.has_changes

    assert embedder.documents == []


def test_one_changed_document_embeds_and_stores_that_document_alone(indexed, embedder, monkeypatch):
    stored = []
    add = VectorStore.add
    monkeypatch.setattr(
        VectorStore, "add", lambda self, ids, vectors: stored.extend(ids) or add(self, ids, vectors)
    )
    embedder.documents.clear()

    with writer_of(indexed, embedder) as writer:
        writer.put(*one_document("Ein einziger Satz."))
        writer.commit()

    assert set(embedder.documents) == {"Ein einziger Satz."}
    assert len(stored) == 1


def test_document_put_in_twice_counts_once_the_last_time(data, embedder):
    first, second = one_document("Erste Fassung."), one_document("Zweite Fassung.")
    with writer_of(data, embedder) as writer:
        for put in (first, second, first):
            writer.put(*put)
            writer._embed()
        writer.commit()

    assert [one.text for one in Index.open(data, embedder).passages(range(1))] == ["Erste Fassung."]
    assert len(Index.open(data, embedder)) == 1


def test_many_small_changes_leave_few_segments_and_all_documents(data, embedder):
    for n in range(20):
        with writer_of(data, embedder) as writer:
            writer.put(*one_document(f"Satz Nummer {n}.", f"d{n}"))
            writer.commit()

    index = Index.open(data, embedder)
    assert [one.text for one in index.passages(range(20))] == [
        f"Satz Nummer {n}." for n in range(20)
    ]
    live = (index_folder(data) / "gen-000020.json").read_text()
    assert live.count('"segment"') <= 5
    query = embedder.encode_query(["Satz Nummer 7."])[0]
    assert index.passages(index.nearest(query, 1)[0])[0].text == "Satz Nummer 7."
    assert index.lexical.scores(["7"]).argmax() == 7


def test_rebuild_takes_over_what_nobody_puts_in(indexed):
    other = HashingEmbedder("anderes/modell")

    with writer_of(indexed, other, rebuild=True) as writer:
        writer.put(*one_document("Neu gelesen.", "kontakte"))
        manifest = writer.commit()

    index = Index.open(indexed, other)
    assert (manifest.embedder, manifest.documents) == ("anderes/modell", 3)
    assert {one.text for one in index.passages(range(6))} == {
        "Neu gelesen.",
        *(one.text for one in PASSAGES if one.document_id != "kontakte"),
    }


def test_progress_counts_what_was_put_in(data, embedder, monkeypatch):
    monkeypatch.setattr("corpus.writer.WAITING", 2)
    seen = []

    with writer_of(data, embedder, progress=lambda *step: seen.append(step)) as writer:
        for n in range(5):
            writer.put(*one_document(f"Satz {n}.", f"d{n}"))
        writer.commit()

    assert seen[:2] == [(2, 2), (4, 4)]
    assert seen[-1] == (5, 5)


def test_units_belong_to_their_passages(indexed, embedder):
    index = Index.open(indexed, embedder)
    assert [len(index.unit_vectors(row)) for row in range(6)] == [2, 2, 2, 1, 2, 2]
    assert index.unit_vectors(5)[1] @ embedder.encode_query(["Wer bezahlt Ersatzteile?"])[0] > 0.85


def test_original_is_kept_with_its_document(data, embedder, tmp_path):
    file = tmp_path / "neu.md"
    file.write_text("Ein Satz.")
    document, passages = one_document("Ein Satz.")

    with writer_of(data, embedder) as writer:
        writer.put(document, passages, original=file)
        writer.commit()

    assert original(data, document.id).read_text() == "Ein Satz."


def test_store_that_lost_vectors_is_filled_again(indexed, embedder):
    names = sorted(vector_names(indexed))
    store = VectorStore(connect(chroma_folder(indexed)), read_manifest(indexed).collection)
    store.delete(names[:3])
    store.add(["fremd:0"], np.ones((1, 256), np.float32))

    with writer_of(indexed, embedder) as writer:
        writer.put(*one_document("Ein Satz."))
        writer.commit()

    assert vector_names(indexed) > set(names)
    assert "fremd:0" not in vector_names(indexed)


@pytest.mark.parametrize("name", ["gen-000002.json.new", "gen-000002.json", "manifest.json.new"])
def test_what_a_crash_left_while_it_was_written_is_swept_away(indexed, embedder, name):
    (index_folder(indexed) / name).write_text("{")

    build(indexed, embedder)

    assert read_manifest(indexed).documents == 3
    with IndexWriter.open(indexed, embedder=embedder, passage_tokens=200):
        assert not (index_folder(indexed) / f"{name.removesuffix('.new')}.new").exists()


def test_a_change_reads_once_what_is_known_of_the_other_documents(data, embedder, monkeypatch):
    with writer_of(data, embedder) as writer:
        for n in range(50):
            writer.put(*one_document(f"Satz Nummer {n}.", f"d{n}"))
        writer.commit()
    read = []
    plain = segment.entry_from_json
    monkeypatch.setattr(segment, "entry_from_json", lambda line: read.append(line) or plain(line))

    with writer_of(data, embedder) as writer:
        writer.put(*one_document("Satz Nummer 7 ist neu.", "d7"))
        writer.commit()

    assert len(read) == 50
