"""Text recognition, with a scripted Tesseract everywhere and with the real one where it is."""

import os
import shutil
import stat
import subprocess
import sys

import pytest
from sample_files import lines, pdf, scanned

from corpus.documents import Verdict
from corpus.index import Index
from corpus.settings import Settings
from ingest.cage import Cage
from ingest.pipeline import IngestRun
from ingest.readers.recognition import Image, program, recognise

SENTENCE = "Die Kommune richtet ein Büro ein und stellt dafür Personal ein."
SCAN = scanned(pdf([lines(SENTENCE)]))
HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
posix_only = pytest.mark.skipif(os.name == "nt", reason="the scripted program is a POSIX script")


def row(block, line, number, text, sureness=95.0):
    return f"5\t1\t{block}\t1\t{line}\t{number}\t0\t0\t9\t9\t{sureness}\t{text}"


PAGE = [
    HEADER,
    "1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t",
    *[row(1, 1, at, text) for at, text in enumerate(SENTENCE.split(), 1)],
    row(2, 1, 1, "~~|", sureness=11.0),
    row(3, 1, 1, "Zweiter"),
    row(3, 1, 2, "Absatz."),
]


@pytest.fixture(autouse=True)
def fresh_program():
    program.cache_clear()
    yield
    program.cache_clear()


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Return a function that puts a scripted `tesseract` first on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def put(body, languages=("deu", "eng")):
        listed = "\\n".join(("List of available languages (2):", *languages))
        path = folder / "tesseract"
        path.write_text(
            f"#!{sys.executable}\nimport sys, os, socket\n"
            f"if '--list-langs' in sys.argv: print('''{listed}'''); sys.exit()\n"
            f"image = sys.stdin.buffer.read()\n{body}\n",
            "utf-8",
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder))

    return put


def printing(*rows):
    table = "\n".join(rows)
    return f"sys.stdout.buffer.write({table!r}.encode())"


@pytest.fixture
def read(tmp_path):
    def run(content, name="scan.pdf", **values):
        path = tmp_path / name
        path.write_bytes(content)
        with Cage(**values) as cage:
            return cage.read(path)

    return run


@posix_only
def test_scan_becomes_text_that_says_where_it_comes_from(script, read):
    script(printing(*PAGE))

    reading = read(SCAN)

    assert reading.verdict is Verdict.OK
    assert [block.text for block in reading.document.pages[0].blocks] == [
        SENTENCE,
        "Zweiter Absatz.",
    ]
    assert reading.document.pages[0].is_recognised
    assert reading.document.health.pages_recognised == 1
    assert reading.message == "1 Seite aus Texterkennung, Lesefehler sind möglich."


@posix_only
def test_only_pages_without_text_are_recognised(script, read, tmp_path):
    script(printing(*PAGE))
    content = pdf([lines(SENTENCE), [], lines("Die letzte Seite hat Text.")])
    drawn = content.replace(
        b"<< /Length 0 >>\nstream\n\n", b"<< /Length 14 >>\nstream\n9 9 99 99 re f\n"
    )

    document = read(drawn, name="gemischt.pdf").document

    assert [page.is_recognised for page in document.pages] == [False, True, False]
    assert document.health.pages_recognised == 1


@posix_only
def test_program_gets_one_grey_page_in_its_language(script):
    script(
        "asked = sys.argv[1:] == 'stdin stdout -l deu --dpi 300 tsv'.split()\n"
        "if asked and image == b'P5 2 1 255\\n\\x00\\xff': " + printing(row(1, 1, 1, "Fund"))
    )
    assert recognise(Image(2, 1, b"\x00\xff")) == ["Fund"]


@posix_only
@pytest.mark.parametrize("body", ["sys.exit(1)", "os.abort()", printing("no table"), "pass"])
def test_program_that_fails_reads_nothing(script, read, body):
    script(body)
    reading = read(SCAN)
    assert reading.verdict is Verdict.EMPTY
    assert "auch für die Texterkennung" in reading.message


@posix_only
def test_blank_pages_are_not_sent(script):
    script(printing(*PAGE))
    assert recognise(Image(2, 2, b"\xff" * 4)) == []
    assert recognise(Image(0, 0, b"")) == []


def test_missing_program_is_said(read, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    reading = read(SCAN)
    assert reading.verdict is Verdict.EMPTY
    assert "1 Seite ohne Text; keine Texterkennung: Tesseract ist nicht installiert" in (
        reading.message
    )
    assert "tesseract-ocr-deu" in reading.advice


@posix_only
def test_missing_german_is_said(script, read):
    script(printing(*PAGE), languages=("eng", "osd"))
    assert "fehlen die deutschen Sprachdaten" in read(SCAN).message


@posix_only
def test_recognition_can_be_switched_off(script, read):
    script(printing(*PAGE))
    reading = read(SCAN, ocr=False)
    assert (reading.verdict, "ausgeschaltet" in reading.message) == (Verdict.EMPTY, True)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses this to programs")
def test_program_has_no_network_either(script, read):
    script(
        "try: socket.socket(); way = 'offen'\nexcept OSError: way = 'zu'\n"
        f"sys.stdout.write({row(1, 1, 1, '')!r} + way)"
    )
    assert read(SCAN).document.pages[0].text == "zu"


@posix_only
def test_pages_are_counted_while_they_are_recognised(script, tmp_path):
    script(printing(*PAGE))
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(pdf([lines(SENTENCE), lines("Zweite Seite.")])))
    seen = []
    with Cage() as cage:
        cage.read(path, on_page=lambda done, pages: seen.append((done, pages)))
    assert seen == [(1, 2), (2, 2)]


@posix_only
def test_recognised_passages_stay_marked_in_the_index(script, data, tmp_path, embedder):
    script(printing(*PAGE))
    (tmp_path / "scan.pdf").write_bytes(SCAN)

    (report,) = IngestRun([tmp_path / "scan.pdf"], settings=Settings(data=data), embedder=embedder)

    (passage,) = Index.open(data, embedder).passages([0])
    assert (report.status, "Texterkennung" in report.message) == ("added", True)
    assert passage.is_recognised
    assert passage.locator == "S. 1, aus Texterkennung"


@pytest.mark.skipif(
    not shutil.which("tesseract") or "deu" not in subprocess.getoutput("tesseract --list-langs"),
    reason="Tesseract with German is not installed",
)
def test_real_program_reads_a_real_scan(read):
    reading = read(SCAN)
    assert SENTENCE in reading.document.pages[0].text
