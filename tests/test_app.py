import json

import pytest
from sample_passages import BUS, CONTACT, ELIGIBLE, PASSAGES, RATE, build

QUESTION = "Wie hoch ist die Förderquote?"
ANSWER_KEYS = [
    "id", "question", "standalone_question", "mode", "refused", "text", "citations", "hits",
    "notes", "place", "seconds",
]  # fmt: skip
CITATION_KEYS = [
    "number", "document", "title", "page", "page_label", "heading", "quote", "url", "as_of",
    "valid_until",
]  # fmt: skip
HIT_KEYS = ["rank", "score", "document", "page", "text"]
REPORT_KEYS = ["name", "status", "pages", "passages", "seconds", "message", "verdict", "advice"]
SUMMARY_KEYS = [
    "added", "replaced", "unchanged", "empty", "failed", "documents", "passages", "seconds",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "unterlagen"
    made.mkdir()
    (made / "wer.txt").write_text(ELIGIBLE, "utf-8")
    (made / "geld.md").write_text(f"# Geld\n\n{RATE}", "utf-8")
    return made


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_ingest_reports_each_file_and_ends_with_the_summary(call, folder):
    (folder / "leer.txt").write_text("")

    code, out, err = call("ingest", folder, "--json")

    *reports, last = lines(out)
    assert code == 0
    assert [list(report) for report in reports] == [REPORT_KEYS] * 3
    assert {report["name"]: report["status"] for report in reports} == {
        "geld.md": "added",
        "leer.txt": "empty",
        "wer.txt": "added",
    }
    assert list(last) == ["summary"]
    assert list(last["summary"]) == SUMMARY_KEYS
    assert (last["summary"]["added"], last["summary"]["documents"]) == (2, 2)
    assert "Dateien lesen" in err


def test_ingest_of_given_paths_adds_no_library(call, folder):
    call("ingest", folder)

    code, out, _ = call("status", "--json")

    (row,) = lines(out)
    assert code == 0
    assert row["index"]["documents"] == 2


def test_ingest_tells_people_what_happened(call, folder):
    (folder / "kaputt.pdf").write_bytes(b"%PDF-1.7 kaputt")
    (folder / "fort.txt").symlink_to(folder / "nirgends.txt")

    code, out, err = call("ingest", folder)

    assert code == 0
    assert "wer.txt: neu" in out
    assert "kaputt.pdf: beschädigt." in out
    assert "fort.txt: nicht gelesen. Die Verknüpfung führt" in err
    assert "Im Index: 2 Dokumente" in out


def test_ask_gives_one_object_with_the_keys_of_the_contract(call, indexed):
    code, out, err = call("ask", QUESTION, "--json")

    (row,) = lines(out)
    assert (code, err) == (0, "")
    assert list(row) == ANSWER_KEYS
    assert [list(citation) for citation in row["citations"]] == [CITATION_KEYS] * len(
        row["citations"]
    )
    assert all(list(hit) == HIT_KEYS for hit in row["hits"])
    assert list(row["seconds"]) == ["retrieve", "answer"]
    assert (row["id"], row["question"], row["refused"]) == (None, QUESTION, False)
    assert "60 Prozent" in row["citations"][0]["quote"]
    assert row["citations"][0]["document"] == "leitfaden.pdf"


def test_ask_refuses_with_exit_code_0(call, indexed):
    code, out, _ = call("ask", "Wie wird das Wetter morgen in Lissabon?", "--json")

    (row,) = lines(out)
    assert code == 0
    assert row["refused"] is True
    assert row["text"].startswith("Das steht nicht in den Unterlagen.")
    assert [citation["quote"] for citation in row["citations"]] == [CONTACT]
    assert row["citations"][0]["document"] == "kontakte.md"


def test_ask_without_a_contact_refuses_without_citations(call, data, embedder):
    build(data, embedder, PASSAGES[:1])

    (row,) = lines(call("ask", "Wie wird das Wetter morgen in Lissabon?", "--json")[1])

    assert row["refused"] is True
    assert row["citations"] == []
    assert "REAB" in row["text"]


def test_ask_prints_text_and_sources_for_people(call, indexed):
    code, out, _ = call("ask", QUESTION)

    assert code == 0
    assert "60 Prozent" in out
    assert "[1] Leitfaden Lesebrücke, S. 2 (PDF-Seite 4) (leitfaden.pdf)" in out.splitlines()


def test_file_of_questions_is_answered_in_order(call, indexed, tmp_path):
    file = tmp_path / "fragen.jsonl"
    questions = [QUESTION, "Wie wird das Wetter?", "Was bringt der Lesebus?"]
    file.write_text(
        "\n".join(json.dumps({"id": f"f{n}", "question": q}) for n, q in enumerate(questions)),
        "utf-8",
    )

    code, out, _ = call("ask", "--questions", file, "--json")

    rows = lines(out)
    assert code == 0
    assert [row["id"] for row in rows] == ["f0", "f1", "f2"]
    assert [row["question"] for row in rows] == questions


def test_line_that_is_no_question_is_refused_and_the_others_go_on(call, indexed, tmp_path):
    file = tmp_path / "fragen.jsonl"
    file.write_text(
        "\n".join(json.dumps({"id": n, "question": q}) for n, q in enumerate(["?", QUESTION])),
        "utf-8",
    )

    code, out, _ = call("ask", "--questions", file, "--json")

    no_question, question = lines(out)
    assert code == 0
    assert (no_question["refused"], no_question["citations"]) == (True, [])
    assert "leer" in no_question["text"]
    assert "60 Prozent" in question["citations"][0]["quote"]


def test_ask_tells_people_what_they_have_to_know_beside_the_quotes(call, indexed):
    code, out, _ = call("ask", "Warum beträgt die Förderquote 95 %?")

    assert code == 0
    assert "in den Unterlagen steht 60 %" in out


def test_search_gives_hits(call, indexed):
    code, out, _ = call("search", "Bilderbücher", "-k", 2, "--json")

    (row,) = lines(out)
    assert code == 0
    assert list(row) == ["query", "hits", "seconds"]
    assert [list(hit) for hit in row["hits"]] == [HIT_KEYS] * 2
    assert row["hits"][0]["text"] == BUS


def test_search_prints_passages_for_people(call, indexed):
    code, out, _ = call("search", "Telefon", "-k", 1)

    assert code == 0
    assert out.startswith("1. Kontakte (kontakte.md) Kontakt\n")
    assert CONTACT in out


def test_eval_prints_metrics(call, indexed, tmp_path):
    file = tmp_path / "fragen.jsonl"
    rows = [
        {"id": "a", "kind": "money", "question": QUESTION, "must": [["60 Prozent"]]},
        {"id": "b", "kind": "unanswerable", "question": "Wie wird das Wetter in Lissabon?"},
    ]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    code, out, _ = call("eval", file, "--json")
    table = call("eval", file)[1]

    (row,) = lines(out)
    whole = row["metrics"][-1]
    assert code == 0
    assert (whole["kind"], whole["questions"], whole["right"]) == ("gesamt", 2, 1.0)
    assert "gesamt" in table
    assert "100.0%" in table


def test_status_tells_of_an_empty_and_of_a_filled_index(call, data, embedder):
    empty = call("status", "--json")
    build(data, embedder)
    filled = call("status", "--json")

    assert (empty[0], lines(empty[1])) == (0, [{"data": str(data), "index": None, "documents": []}])
    assert lines(filled[1])[0]["index"]["passages"] == 6
    assert "6 Passagen" in call("status")[1]


def test_data_option_beats_the_environment(call, indexed, tmp_path):
    code, _, err = call("ask", QUESTION, "--data", tmp_path / "anderswo")

    assert code == 1
    assert "anderswo" in err


def test_help_names_every_command(call):
    code, out, _ = call("--help")

    assert code == 0
    assert all(name in out for name in ("serve", "ingest", "ask", "search", "eval", "status"))
