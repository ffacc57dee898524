import json

import pytest
from sample_passages import PASSAGES

from assistant.answers import Answer, Citation, Note
from assistant.evaluation import Case, evaluate, metrics, read_cases
from corpus.documents import Hit
from corpus.errors import UserFacingError


def answer(text="Es sind 60 Prozent.", *, outcome="answered", cited=(1,), notes=(), hits=()):
    citations = tuple(
        Citation(number, PASSAGES[row], PASSAGES[row].text, 0, len(PASSAGES[row].text))
        for number, row in enumerate(cited, 1)
    )
    return Answer(
        "?", "?", text, outcome, citations, hits, tuple(Note(kind, "…") for kind in notes)
    )


REFUSED = answer("Das steht nicht in den Unterlagen.", outcome="refused", cited=())
ANSWERABLE = Case("a", "?", must=(("60 prozent", "60 %"),), must_not=("70",), doc=("leitfaden",))


@pytest.mark.parametrize(
    ("case", "given", "is_right"),
    [
        (ANSWERABLE, answer(), True),
        (ANSWERABLE, answer("Es sind 60 %."), True),
        (ANSWERABLE, answer("Es sind 60 Prozent."), True),
        (ANSWERABLE, answer("Es sind 50 Prozent."), False),
        (ANSWERABLE, answer("Es sind 60 Prozent, nicht 70."), False),
        (ANSWERABLE, answer(cited=(3,)), False),
        (ANSWERABLE, answer(cited=(3, 1)), True),
        (ANSWERABLE, answer(outcome="refused"), False),
        (Case("b", "?", must=(("60",), ("kreise",))), answer(), False),
        (Case("c", "?", must=(("60",), ("PROZENT",))), answer(cited=()), True),
        (Case("d", "?", "unanswerable"), REFUSED, True),
        (Case("e", "?", "unanswerable"), answer(), False),
        (Case("f", "?", "unanswerable"), answer(outcome="partial"), False),
        (Case("g", "?", "premise"), REFUSED, True),
        (Case("h", "?", "premise"), answer(notes=("premise",)), True),
        (Case("i", "?", "premise"), answer(notes=("partial",)), False),
    ],
    ids=[
        "first alternative", "second alternative", "upper case", "missing", "forbidden word",
        "other document", "one of the documents", "refused", "one of two groups", "no document",
        "refused as it should", "made up", "partly made up", "premise refused", "premise noted",
        "premise overlooked",
    ],
)  # fmt: skip
def test_rightness(case, given, is_right):
    assert case.is_right(given) is is_right


def write(tmp_path, *rows):
    path = tmp_path / "fragen.jsonl"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_question_set_is_read_in_order(tmp_path):
    path = write(
        tmp_path,
        '{"id": "f1", "kind": "money", "lang": "de", "question": "Wie viel?", '
        '"must": [["5", "fünf"]], "must_not": ["6"], "doc": ["000"]}',
        "",
        '{"question": "Ohne alles?"}',
    )

    first, second = read_cases(path)

    assert first == Case("f1", "Wie viel?", "money", "de", (("5", "fünf"),), ("6",), ("000",))
    assert (second.id, second.question, second.must) == ("3", "Ohne alles?", ())


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"Frage"',
        "5",
        "{}",
        '{"id": "x"}',
        '{"question": null}',
        '{"question": 5}',
        '{"question": ["Wer?"]}',
        '{"question": "Wer?", "must": 5}',
        '{"question": "Wer?", "must": "60"}',
        '{"question": "Wer?", "must": ["60"]}',
        '{"question": "Wer?", "doc": "000"}',
    ],
)
def test_bad_line_is_named_with_its_number(tmp_path, line):
    path = write(tmp_path, '{"question": "Gut?"}', line)

    with pytest.raises(UserFacingError, match="Zeile 2"):
        read_cases(path)


@pytest.mark.parametrize(
    "character", ["\u2028", "\x85", "\u2029"], ids=["U+2028", "U+0085", "U+2029"]
)
def test_line_separators_inside_a_question_end_no_line(tmp_path, character):
    path = write(tmp_path, json.dumps({"question": f"Wer{character}hilft?"}, ensure_ascii=False))

    assert [case.question for case in read_cases(path)] == [f"Wer{character}hilft?"]


def test_byte_order_mark_of_windows_editors_is_no_error(tmp_path):
    path = tmp_path / "fragen.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b'{"question": "Wer?"}\r\n')

    assert [case.question for case in read_cases(path)] == ["Wer?"]


def test_unreadable_file_is_named(tmp_path):
    (tmp_path / "binär.jsonl").write_bytes(b"\xff\xfe\x00")

    for path in (tmp_path / "fehlt.jsonl", tmp_path, tmp_path / "binär.jsonl"):
        with pytest.raises(UserFacingError, match=str(path)):
            read_cases(path)


def test_every_question_is_asked_once_in_order():
    asked = []

    results = evaluate(
        [Case("a", "Eins?"), Case("b", "Zwei?")], lambda q: asked.append(q) or answer()
    )

    assert asked == ["Eins?", "Zwei?"]
    assert [result.case.id for result in results] == ["a", "b"]


def test_metrics_summarise_by_kind_and_over_all():
    hits = (Hit(PASSAGES[4], 0.9, 1), Hit(PASSAGES[1], 0.8, 2))
    cases = [
        Case("a", "1", "money", must=(("60",),), doc=("leitfaden",)),
        Case("b", "2", "money", must=(("70",),), doc=("leitfaden",)),
        Case("c", "3", "unanswerable"),
    ]
    given = {"1": answer(hits=hits), "2": answer(cited=(3, 4)), "3": REFUSED}

    rows = {row.kind: row for row in metrics(evaluate(cases, given.__getitem__))}

    assert list(rows) == ["money", "unanswerable", "beantwortbar", "nicht beantwortbar", "gesamt"]
    money = rows["money"]
    assert (money.questions, money.right, money.cited, money.refused) == (2, 0.5, 0.5, 0.0)
    assert (money.units, money.recall_5, money.mrr) == (1.5, 0.5, 0.25)
    assert rows["unanswerable"].right == rows["unanswerable"].refused == 1.0
    assert rows["gesamt"].right == pytest.approx(2 / 3)


def test_no_questions_no_metrics():
    assert metrics([]) == []
