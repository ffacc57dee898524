import os
import subprocess
import sys
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import BUS, CONTACT, DEADLINE, ELIGIBLE, RATE

from assistant.dialogue import Assistant
from corpus.errors import UserFacingError
from corpus.index import Index, chroma_folder
from corpus.lock import IndexLocked, write_lock
from corpus.manifest import IndexMismatch, read_manifest
from corpus.origins import library_folder
from corpus.settings import Settings
from corpus.store_seal import broken_parts
from ingest.files import find_files
from ingest.pipeline import IngestRun, has_library

TEXTS = {"wer.txt": ELIGIBLE, "geld.md": f"# Geld\n\n{RATE}", "bus.txt": BUS}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "unterlagen"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_text(text, "utf-8")
    return made


@pytest.fixture
def ingest(data):
    """Return a function that runs over paths and gives status by name and the summary."""

    def run(*paths, embedder=None, **values):
        settings = Settings(data=data, passage_tokens=values.pop("passage_tokens", 200))
        embedder = embedder or HashingEmbedder()
        made = IngestRun(paths, settings=settings, embedder=embedder, **values)
        reports = list(made)
        return {report.name: report for report in reports}, made.summary

    return run


def texts_of(data):
    index = Index.open(data, HashingEmbedder())
    return {
        name: " ".join(
            passage.text
            for passage in index.passages(range(len(index)))
            if passage.document_name == name
        )
        for name in (document.name for document in index.documents)
    }


def statuses(reports):
    return {name: report.status for name, report in reports.items()}


def test_folder_becomes_an_index(ingest, data, folder):
    reports, summary = ingest(folder)

    assert statuses(reports) == dict.fromkeys(TEXTS, "added")
    assert all(report.pages == 1 and report.passages >= 1 for report in reports.values())
    assert (summary.added, summary.documents, summary.passages) == (3, 3, 3)
    assert texts_of(data) == {"bus.txt": BUS, "geld.md": RATE, "wer.txt": ELIGIBLE}


def test_the_folder_of_the_data_may_be_named_from_where_one_is(
    ingest, tmp_path, folder, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    near = Path("nahe bei #1")
    settings = Settings(data=near)
    for path in (folder / "wer.txt", folder):
        assert list(IngestRun([path], settings=settings, embedder=HashingEmbedder()))
    assert texts_of(near) == {"bus.txt": BUS, "geld.md": RATE, "wer.txt": ELIGIBLE}
    assert broken_parts(chroma_folder(near)) == []


def test_second_time_changes_nothing(ingest, data, folder):
    ingest(folder)
    before, idle = read_manifest(data), HashingEmbedder()

    reports, summary = ingest(folder, embedder=idle)

    assert statuses(reports) == dict.fromkeys(TEXTS, "unchanged")
    assert idle.documents == []
    assert read_manifest(data) == before
    assert (summary.unchanged, summary.documents, summary.passages) == (3, 3, 3)


def test_changed_file_replaces_its_passages_as_a_whole(ingest, data, folder):
    ingest(folder)
    (folder / "wer.txt").write_text(DEADLINE, "utf-8")

    reports, summary = ingest(folder / "wer.txt")

    assert statuses(reports) == {"wer.txt": "replaced"}
    assert texts_of(data) == {"bus.txt": BUS, "geld.md": RATE, "wer.txt": DEADLINE}
    assert (summary.replaced, summary.documents) == (1, 3)


def test_file_changed_into_a_copy_of_another_loses_its_old_passages(ingest, data, folder):
    ingest(folder)
    (folder / "wer.txt").write_text(BUS, "utf-8")

    ingest(folder)

    index = Index.open(data, HashingEmbedder())
    texts = [passage.text for passage in index.passages(range(len(index)))]
    assert ELIGIBLE not in texts
    assert texts.count(BUS) == 1


def test_same_content_under_two_names_is_indexed_once(ingest, data, folder):
    (folder / "wieder.txt").write_text(BUS, "utf-8")

    reports, summary = ingest(folder)

    assert statuses(reports)["wieder.txt"] == "unchanged"
    assert reports["wieder.txt"].message == "Derselbe Inhalt wie `bus.txt`."
    assert summary.documents == 3
    assert len(Index.open(data, HashingEmbedder())) == 3


def test_rebuild_with_two_files_of_the_same_content(ingest, data, folder):
    ingest(folder)
    (folder / "wieder.txt").write_text(BUS, "utf-8")

    ingest(folder, rebuild=True)

    index = Index.open(data, HashingEmbedder())
    assert [one.text for one in index.passages(range(len(index)))].count(BUS) == 1


def test_more_files_join_what_is_there(ingest, data, folder, tmp_path):
    ingest(folder)
    (tmp_path / "kontakt.txt").write_text(CONTACT, "utf-8")

    reports, summary = ingest(tmp_path / "kontakt.txt")

    assert statuses(reports) == {"kontakt.txt": "added"}
    assert summary.documents == 4
    assert texts_of(data)["bus.txt"] == BUS


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("leer.txt", b"", "empty"),
        ("blank.md", b"\n \n", "empty"),
        ("kaputt.pdf", b"%PDF-1.7\n\xff\xfe\x00", "failed"),
        ("kein.pdf", b"Hallo", "failed"),
        ("bild.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "failed"),
        ("brief.docx", b"PK\x03\x04kaputt", "failed"),
    ],
)
def test_bad_file_is_reported_and_does_not_stop_the_run(ingest, folder, name, content, status):
    (folder / name).write_bytes(content)

    reports, summary = ingest(folder)

    assert reports[name].status == status
    assert reports[name].message
    assert "\n" not in reports[name].message
    assert summary.documents == len(TEXTS)


def test_only_bad_files_make_no_index(ingest, data, tmp_path):
    (tmp_path / "leer.txt").write_text("")

    _, summary = ingest(tmp_path / "leer.txt")

    assert (summary.empty, summary.documents) == (1, 0)
    assert read_manifest(data) is None


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_file_name_that_is_no_text_does_not_stop_the_run(ingest, data, folder):
    path = os.fsencode(folder) + b"/F\xf6rderung.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write(DEADLINE)

    reports, _ = ingest(folder)

    assert set(TEXTS) <= {name for name, report in reports.items() if report.status == "added"}
    assert set(TEXTS) <= set(texts_of(data))


@pytest.mark.skipif(os.name == "nt", reason="such names cannot exist there")
@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\u2028b.txt", "a\u2028b.txt"), ("a\x85b.txt", "ab.txt"), ("a\nb.txt", "ab.txt")],
    ids=["U+2028", "U+0085", "LF"],
)
def test_strange_character_in_a_file_name_keeps_the_index_readable(
    ingest, data, folder, name, shown
):
    (folder / name).write_text(DEADLINE, "utf-8")

    ingest(folder)

    assert texts_of(data)[shown] == DEADLINE


@pytest.mark.skipif(os.name == "nt", reason="such names cannot exist there")
def test_files_whose_names_look_alike_stay_two_documents(ingest, data, folder):
    (folder / "a\nb.txt").write_text(DEADLINE, "utf-8")
    (folder / "ab.txt").write_text(CONTACT, "utf-8")

    ingest(folder)

    found = Index.open(data, HashingEmbedder()).documents
    assert [document.name for document in found].count("ab.txt") == 2


def test_missing_path_is_named(ingest, tmp_path):
    with pytest.raises(UserFacingError, match="fehlt"):
        ingest(tmp_path / "fehlt")


def test_run_that_dies_leaves_the_old_generation_readable(ingest, data, folder):
    class Dying(HashingEmbedder):
        def encode_document(self, texts):
            raise KeyboardInterrupt

    ingest(folder)
    before = read_manifest(data)
    (folder / "neu.txt").write_text(DEADLINE, "utf-8")

    with pytest.raises(KeyboardInterrupt):
        ingest(folder, embedder=Dying())

    assert read_manifest(data) == before
    assert texts_of(data)["wer.txt"] == ELIGIBLE
    reports, _ = ingest(folder)
    assert statuses(reports)["neu.txt"] == "added"


def test_two_runs_at_once_are_refused(ingest, data, folder):
    with write_lock(data), pytest.raises(IndexLocked):
        ingest(folder)


def test_other_model_needs_a_rebuild(ingest, data, folder):
    ingest(folder)
    other = HashingEmbedder("anderes/modell")

    with pytest.raises(IndexMismatch, match="anderes/modell"):
        ingest(folder, embedder=other)
    ingest(embedder=other, rebuild=True)

    assert read_manifest(data).embedder == "anderes/modell"
    assert len(Index.open(data, other)) == 3


def test_other_passage_size_needs_a_rebuild(ingest, data, folder):
    ingest(folder)

    with pytest.raises(IndexMismatch, match=r"200.*100"):
        ingest(folder, passage_tokens=100)
    ingest(rebuild=True, passage_tokens=100)

    assert read_manifest(data).passage_tokens == 100


def test_rebuild_keeps_documents_whose_file_is_gone(ingest, data, folder):
    ingest(folder)
    (folder / "bus.txt").unlink()

    ingest(rebuild=True)

    assert texts_of(data)["bus.txt"] == BUS


def test_hidden_files_are_left_out_and_the_order_is_stable(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text("verborgen")
    (folder / ".DS_Store").write_text("verborgen")
    (folder / "unter").mkdir()
    (folder / "unter" / "tief.txt").write_text("Text")

    found = [path.relative_to(folder).as_posix() for path in find_files([folder])]

    assert found == ["bus.txt", "geld.md", "unter/tief.txt", "wer.txt"]


def test_path_named_twice_is_read_once(folder):
    assert len(find_files([folder, folder / "bus.txt", folder])) == len(TEXTS)


def test_progress_names_the_stage(ingest, folder):
    seen = []

    ingest(folder, progress=seen.append)

    steps = [(one.stage, one.done, one.total) for one in seen]
    assert steps[:6] == [
        (stage, number, 3)
        for stage in ("Dateien vergleichen", "Dateien lesen")
        for number in (1, 2, 3)
    ]
    assert steps[-1] == ("Passagen einbetten", 3, 3)


def test_starter_library_is_there_and_recognised(ingest, data, folder):
    first = sorted(library_folder().glob("*.md"))[0]

    ingest(folder)
    assert not has_library(data)
    ingest(first)
    assert has_library(data)


def test_assistant_notices_what_another_process_ingested(ingest, data, folder, tmp_path):
    ingest(folder)
    assistant = Assistant(data, HashingEmbedder())
    (tmp_path / "frist.txt").write_text(DEADLINE, "utf-8")
    code = (
        "import sys; from pathlib import Path\n"
        "from hashing_embedder import HashingEmbedder\n"
        "from corpus.settings import Settings\n"
        "from ingest.pipeline import IngestRun\n"
        "data, path = map(Path, sys.argv[1:])\n"
        "run = IngestRun([path], settings=Settings(data=data), embedder=HashingEmbedder())\n"
        "print([report.status for report in run])\n"
    )

    assert all(hit.passage.text != DEADLINE for hit in assistant.search("Anträge Lesebüro"))
    done = subprocess.run(
        [sys.executable, "-c", code, data, tmp_path / "frist.txt"],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": f"{Path(__file__).parent}{os.pathsep}."},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.stdout.strip() == "['added']", done.stderr
    assert assistant.search("Anträge Lesebüro")[0].passage.text == DEADLINE


def test_old_content_that_moved_to_an_earlier_name_is_kept(ingest, data, folder):
    ingest(folder)
    (folder / "aaa.txt").write_text(BUS, "utf-8")
    (folder / "bus.txt").write_text(DEADLINE, "utf-8")

    ingest(folder)

    texts = texts_of(data)
    assert (texts["aaa.txt"], texts["bus.txt"]) == (BUS, DEADLINE)


def test_content_of_a_file_that_broke_is_held_by_its_copy(ingest, data, folder):
    (folder / "eins.pdf").write_bytes(b"Hallo")
    (folder / "bus.txt").rename(folder / "bus.md")
    ingest(folder)
    (folder / "aaa.txt").write_text(BUS, "utf-8")
    (folder / "bus.md").write_bytes(b"PK\x03\x04kaputt")

    reports, _ = ingest(folder)

    assert statuses(reports)["bus.md"] == "failed"
    assert "bus.md" not in texts_of(data)
    assert texts_of(data)["aaa.txt"] == BUS


def test_copy_of_an_unreadable_file_is_read_by_its_own_name(ingest, data, folder):
    (folder / "aaa.pdf").write_text(DEADLINE, "utf-8")
    (folder / "aab.txt").write_text(DEADLINE, "utf-8")

    reports, _ = ingest(folder)

    assert statuses(reports)["aaa.pdf"] == "failed"
    assert statuses(reports)["aab.txt"] == "added"


def test_documents_that_are_gone_are_taken_out(ingest, data, folder):
    ingest(folder)

    reports, summary = ingest(gone=[str((folder / "bus.txt").resolve()), "gibt/es/nicht"])

    assert statuses(reports) == {"bus.txt": "removed"}
    assert summary.documents == 2
