"""`ask --export` writes a note beside the answer, from the real index."""

import hashlib

import pytest
from docx import Document
from pypdf import PdfReader
from sample_passages import RATE

QUESTION = "Wie hoch ist die Förderquote?"


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("ending", ["docx", "pdf", "md", "PDF"])
def test_an_answer_is_written_as_a_note(call, tmp_path, ending):
    path = tmp_path / f"vermerk.{ending}"

    code, out, _ = call("ask", QUESTION, "--export", path)

    assert code == 0
    assert "60 Prozent" in out
    if ending == "docx":
        text = "\n".join(one.text for one in Document(path).paragraphs)
    elif ending == "md":
        text = path.read_text("utf-8")
    else:
        text = PdfReader(path).pages[0].extract_text()
    assert QUESTION in text
    assert RATE.partition(".")[0] in " ".join(text.split())


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("name", "message"),
    [("vermerk.odt", "Möglich sind .docx, .pdf und .md."), ("fehlt/x.md", "nicht schreiben")],
)
def test_what_cannot_be_written_is_said(call, tmp_path, name, message):
    code, _, err = call("ask", QUESTION, "--export", tmp_path / name)
    assert code == 1
    assert message in err


def test_a_question_set_has_no_note(call, tmp_path):
    code, _, err = call("ask", "--questions", tmp_path / "x.jsonl", "--export", tmp_path / "x.md")
    assert code == 2
    assert "einzelne Frage" in err


def test_a_kept_file_is_named_with_its_whole_checksum(call, tmp_path):
    file = tmp_path / "geld.md"
    file.write_text(f"# Geld\n\n{RATE}", "utf-8")
    call("ingest", file)

    call("ask", QUESTION, "--export", tmp_path / "vermerk.md")

    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    assert f"SHA-256 {checksum}" in (tmp_path / "vermerk.md").read_text("utf-8")
