"""A backup brings everything back elsewhere; what is no backup of ours is refused whole."""

import io
import json
import os
import shutil
import sqlite3
import stat
import tarfile
from datetime import date
from hashlib import sha256

import httpx
import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from sample_passages import BUS, PASSAGES, build, documents_of, passage

from assistant.dialogue import Assistant
from commands.intake import UploadIntake
from corpus.backup import CHECKSUMS, LABEL, back_up
from corpus.documents import ID_LENGTH
from corpus.errors import UserFacingError
from corpus.history import undo
from corpus.index import live_documents
from corpus.lock import IndexLocked, write_lock
from corpus.originals import original
from corpus.origins import library_folder, move_origins
from corpus.removal import remove_documents
from corpus.restoring import BadBackup, restore
from corpus.settings import Settings
from corpus.tombstones import note_removal, removed_on
from corpus.vector_cache import VectorCache
from corpus.verification import check
from corpus.writer import IndexWriter

QUESTIONS = (
    "Wer darf einen Antrag stellen?",
    "Wie hoch ist die Förderquote?",
    "Bis wann sind Anträge einzureichen?",
    "Wer gibt Auskunft?",
    "Wann fährt der Lesebus?",
    "Wer bezahlt Ersatzteile?",
    "Wie wird das Wetter auf dem Mars?",
)
NEW = sha256(BUS.encode()).hexdigest()[:ID_LENGTH]
CANARY = "Zibetkatzenzulage"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder with an index and its backup: a generation before, an original, a cache, a grave."""
    folder = tmp_path_factory.mktemp("saved")
    data = folder / "daten"
    embedder = VectorCache(HashingEmbedder(), data)
    build(data, embedder, [*PASSAGES, passage(f"Die {CANARY} ist geheim.", "geheim")])
    remove_documents(data, [one for one in live_documents(data) if one.id == "geheim"])
    file = folder / "neu.txt"
    file.write_text(BUS)
    one = passage(BUS, NEW)
    with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
        writer.put(documents_of([one])[0], [one], original=file)
        writer.commit()
    embedder.close()
    back_up(data, folder / "sicherung.tar")
    return folder


@pytest.fixture
def full(saved, tmp_path):
    return shutil.copytree(saved / "daten", tmp_path / "voll")


@pytest.fixture
def archive(saved, tmp_path):
    return shutil.copy(saved / "sicherung.tar", tmp_path / "sicherung.tar")


@pytest.fixture
def elsewhere(tmp_path):
    return tmp_path / "anderswo" / "daten"


def answers(data):
    assistant = Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15))
    said = [list(assistant.ask(question))[-1] for question in QUESTIONS]
    return [
        (one.text, one.is_refusal, [hit.passage for hit in one.hits], one.citations) for one in said
    ]


def everything(folder):
    return sorted(folder.rglob("*")) if folder.exists() else []


# --- the round trip


def test_restored_elsewhere_all_is_as_it_was(archive, full, elsewhere):
    restore(elsewhere, archive)

    assert answers(elsewhere) == answers(full)
    assert sum(not is_refusal for _, is_refusal, _, _ in answers(full)) >= 4
    assert list(check(elsewhere)) == []
    assert original(elsewhere, NEW).read_text() == BUS
    assert removed_on(elsewhere, "geheim") == removed_on(full, "geheim")
    assert list((elsewhere / "receipts").iterdir())
    assert undo(elsewhere).documents == 3


def test_restored_index_embeds_nothing_again(archive, elsewhere):
    restore(elsewhere, archive)
    inner = HashingEmbedder()

    VectorCache(inner, elsewhere).encode_document([one.text for one in PASSAGES])

    assert inner.documents == []


def test_every_file_comes_back_whatever_its_name(indexed, tmp_path, elsewhere):
    (indexed / "uploads").mkdir()
    names = ("amts-journal.pdf", "plan.new", "schloss.lock", "Straße und Weg.txt")
    for name in names:
        (indexed / "uploads" / name).write_text(name)
    (indexed / "models").mkdir()
    (indexed / "models" / "gross.bin").write_bytes(b"x")

    back_up(indexed, tmp_path / "s.tar")
    restore(elsewhere, tmp_path / "s.tar")

    assert sorted(path.name for path in (elsewhere / "uploads").iterdir()) == sorted(names)
    assert not (elsewhere / "models").exists()


def test_uploads_are_known_by_their_new_place(data, embedder, tmp_path, elsewhere):
    def upload(folder, text):
        file = tmp_path / "merkblatt.txt"
        file.write_text(text)
        return list(UploadIntake(Settings(data=folder), lambda: embedder).take_in([file]))

    upload(data, "Die Frist endet am 31. März 2032.")
    back_up(data, tmp_path / "s.tar")
    restore(elsewhere, tmp_path / "s.tar")
    assert [one.origin for one in live_documents(elsewhere)] == [
        str(elsewhere / "uploads" / "merkblatt.txt")
    ]

    (report,) = upload(elsewhere, "Die Frist endet am 30. April 2032.")

    assert report.status == "replaced"
    assert len(live_documents(elsewhere)) == 1
    assert list(check(elsewhere)) == []


def test_starter_documents_follow_the_installation(data, embedder):
    one = passage(BUS)
    with IndexWriter.open(data, embedder=embedder, passage_tokens=200) as writer:
        (document,) = documents_of([one])
        writer.put(document, [one])
        writer.commit()

    move_origins(data, ["/daten", "/dokumente"], ["/anders", str(library_folder())])

    assert [one.origin for one in live_documents(data)] == [str(library_folder() / document.name)]
    assert list(check(data)) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_backup_and_what_is_restored_are_for_the_owner(archive, elsewhere):
    restore(elsewhere, archive)

    found = {stat.S_IMODE(path.stat().st_mode) for path in [archive, *everything(elsewhere)]}
    inside_chroma = {0o644, 0o755}  # its folder is closed
    assert found - inside_chroma == {0o600, 0o700}


def test_a_damaged_cache_does_not_stop_a_backup(full, tmp_path, elsewhere):
    (full / "cache" / "vectors.sqlite").write_bytes(b"nichts" * 999)

    back_up(full, tmp_path / "s.tar")
    restore(elsewhere, tmp_path / "s.tar")

    VectorCache(HashingEmbedder(), elsewhere).encode_document([BUS])
    assert list(check(elsewhere)) == []


def test_an_index_that_was_damaged_comes_back_as_it_was(call, full, tmp_path, elsewhere):
    next((full / "index" / "segments").rglob("documents.jsonl")).write_text("{}")
    call("backup", tmp_path / "s.tar", "--data", full)

    code, _, err = call("restore", tmp_path / "s.tar", "--data", elsewhere)

    assert code == 1
    assert "verify --repair" in err
    assert original(elsewhere, NEW) is not None


# --- while the service runs


def test_a_running_page_answers_while_it_is_backed_up(indexed, tmp_path, elsewhere):
    asked = []

    def load():
        return Assistant(indexed, HashingEmbedder(), today=lambda: date(2031, 6, 15))

    with serve(load, Settings(data=indexed)) as address:

        def ask(_):
            question = {"question": "Wie hoch ist die Förderquote?"}
            asked.append(httpx.post(f"{address}/api/ask", json=question).json()["text"])

        back_up(indexed, tmp_path / "s.tar", ask)

    assert len(asked) > 10
    assert all("60 Prozent" in text for text in asked)
    restore(elsewhere, tmp_path / "s.tar")
    assert list(check(elsewhere)) == []


def test_nothing_is_written_to_the_index_meanwhile(indexed, tmp_path):
    def write(_):
        with pytest.raises(IndexLocked), write_lock(indexed):
            pass

    back_up(indexed, tmp_path / "s.tar", write)

    with write_lock(indexed), pytest.raises(IndexLocked):
        back_up(indexed, tmp_path / "t.tar")
    assert not (tmp_path / "t.tar").exists()


def test_a_removal_that_a_crash_cut_off_is_not_in_the_backup(data, embedder, tmp_path):
    build(data, embedder, [*PASSAGES, passage(f"Die {CANARY} ist geheim.", "geheim")])
    note_removal(data, [("geheim", "/dokumente/geheim.md")])

    back_up(data, tmp_path / "s.tar")

    assert CANARY.encode() not in (tmp_path / "s.tar").read_bytes()


# --- what is refused


def test_nothing_is_restored_over_what_is_there(archive, full):
    before = everything(full)

    with pytest.raises(UserFacingError, match="nicht leer"):
        restore(full, archive)

    assert everything(full) == before


@pytest.mark.parametrize("cut", [0, 100, 2_000, 5_000, -20_000], ids=str)
def test_backup_that_is_cut_off_is_refused_whole(archive, elsewhere, cut):
    archive.write_bytes(archive.read_bytes()[:cut])

    with pytest.raises(BadBackup, match="keine vollständige"):
        restore(elsewhere, archive)

    assert everything(elsewhere) == []


@pytest.mark.parametrize("word", [b"Lesebus", b'"created"', b'"generation"', LABEL.encode()])
def test_one_changed_byte_is_noticed(archive, elsewhere, word):
    content = bytearray(archive.read_bytes())
    content[content.index(word) + 2] ^= 1
    archive.write_bytes(content)

    with pytest.raises(BadBackup):
        restore(elsewhere, archive)

    assert everything(elsewhere) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../fremd", tarfile.REGTYPE),
        ("index/../../fremd", tarfile.REGTYPE),
        ("/tmp/fremd", tarfile.REGTYPE),
        ("a\\..\\fremd", tarfile.REGTYPE),
        ("C:fremd", tarfile.REGTYPE),
        ("verweis", tarfile.SYMTYPE),
        ("verweis", tarfile.LNKTYPE),
        ("rohr", tarfile.FIFOTYPE),
        ("ordner", tarfile.DIRTYPE),
        ("loecher", tarfile.GNUTYPE_SPARSE),
        ("models/modell.onnx", tarfile.REGTYPE),
        ("index/chroma/chroma.sqlite3", tarfile.REGTYPE),
        ("index/manifest.json", tarfile.REGTYPE),
    ],
)
def test_what_belongs_into_no_backup_is_refused(archive, elsewhere, name, kind):
    rewritten(archive, lambda tar: tar.addfile(entry(name, kind)))

    with pytest.raises(BadBackup, match="in keine Sicherung"):
        restore(elsewhere, archive)

    assert everything(elsewhere) == []
    assert not list(elsewhere.parent.parent.rglob("fremd"))


def test_a_file_that_is_not_listed_is_noticed(archive, elsewhere):
    rewritten(archive, lambda tar: tar.addfile(entry("mehr.json", tarfile.REGTYPE)))

    with pytest.raises(BadBackup, match="keine vollständige"):
        restore(elsewhere, archive)


def test_nothing_may_follow_the_checksums(archive, elsewhere):
    with tarfile.open(archive, "a") as tar:
        tar.addfile(entry("mehr.json", tarfile.REGTYPE))

    with pytest.raises(BadBackup, match="in keine Sicherung"):
        restore(elsewhere, archive)


def test_a_file_with_holes_cannot_fill_the_disk(archive, elsewhere):
    """Half a kilobyte that says it is a terabyte of zeros, as new formats write it."""
    holes = tarfile.TarInfo("loecher")
    map_of_holes = b"0\n".ljust(512, b"\0")
    holes.size = len(map_of_holes)
    holes.pax_headers = {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.name": "loecher",
        "GNU.sparse.realsize": str(10**12),
    }
    rewritten(archive, lambda tar: tar.addfile(holes, io.BytesIO(map_of_holes)))

    with pytest.raises(BadBackup):
        restore(elsewhere, archive)

    assert everything(elsewhere) == []


def test_foreign_files_are_no_backups(tmp_path, elsewhere):
    with tarfile.open(tmp_path / "fremd.tar", "w") as tar:
        tar.addfile(entry("hallo.txt", tarfile.REGTYPE))
    shutil.make_archive(str(tmp_path / "gepackt"), "gztar", tmp_path, "fremd.tar")
    (tmp_path / "text.tar").write_text("Guten Tag! " * 500)
    sqlite3.connect(tmp_path / "db.tar").execute("CREATE TABLE t (c)")

    for name in ("fremd.tar", "gepackt.tar.gz", "text.tar", "db.tar"):
        with pytest.raises(BadBackup, match="keine"):
            restore(elsewhere, tmp_path / name)
    with pytest.raises(UserFacingError, match="No such file"):
        restore(elsewhere, tmp_path / "fehlt.tar")


def test_a_backup_of_another_format_says_so(archive, elsewhere):
    content = archive.read_bytes()
    archive.write_bytes(content.replace(b'{"format": 1', b'{"format": 9', 1))

    with pytest.raises(BadBackup, match="Format 9, erwartet wird 1"):
        restore(elsewhere, archive)


def test_a_full_disk_is_said_before_anything_is_written(archive, elsewhere, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9, 8, 1))

    with pytest.raises(UserFacingError, match="frei sind 1"):
        restore(elsewhere, archive)

    assert everything(elsewhere) == []


def test_a_backup_is_written_beside_and_over_nothing(indexed, tmp_path):
    (tmp_path / "s.tar").write_text("wichtig")

    with pytest.raises(UserFacingError, match="gibt es schon"):
        back_up(indexed, tmp_path / "s.tar")
    with pytest.raises(UserFacingError, match="gesicherten Ordner"):
        back_up(indexed, indexed / "sicherung.tar")
    with pytest.raises(UserFacingError, match="nicht schreiben"):
        back_up(indexed, tmp_path / "fehlt" / "s.tar")
    with pytest.raises(UserFacingError, match="nichts zu sichern"):
        back_up(tmp_path / "leer", tmp_path / "t.tar")

    assert (tmp_path / "s.tar").read_text() == "wichtig"
    assert not (tmp_path / "leer").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_folder_that_is_a_link_is_not_left_out_unseen(indexed, tmp_path):
    (tmp_path / "platte").mkdir()
    (indexed / "originals").symlink_to(tmp_path / "platte")

    with pytest.raises(UserFacingError, match="Verknüpfung"):
        back_up(indexed, tmp_path / "s.tar")

    assert not (tmp_path / "s.tar").exists()
    assert not (tmp_path / "s.tar.new").exists()


# --- the commands


def test_commands_say_what_they_did(call, indexed, tmp_path, elsewhere):
    code, out, _ = call("backup", tmp_path / "s.tar", "--json")
    again, back, _ = call("restore", tmp_path / "s.tar", "--data", elsewhere)
    asked, answer, _ = call("ask", QUESTIONS[1], "--data", elsewhere)

    assert (code, again, asked) == (0, 0, 0)
    assert json.loads(out)["bytes"] == (tmp_path / "s.tar").stat().st_size
    assert f"{json.loads(out)['files']} Dateien" in back
    assert "60 Prozent" in answer


def entry(name, kind):
    made = tarfile.TarInfo(name)
    made.type = kind
    made.linkname = "/etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
    return made


def rewritten(archive, add):
    """Put something into a backup before its checksums, which are left as they were."""
    content = archive.read_bytes()
    with (
        tarfile.open(fileobj=io.BytesIO(content)) as old,
        tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in old:
            if member.name == CHECKSUMS:
                add(new)
            new.addfile(member, old.extractfile(member))
