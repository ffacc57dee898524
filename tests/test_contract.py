import json
from dataclasses import replace
from datetime import datetime

import pytest
from sample_passages import CONTACT, PASSAGES, RATE

from assistant.answers import (
    Answer,
    Cell,
    Citation,
    Generated,
    LanguageModel,
    Note,
    Statement,
    Table,
)
from assistant.contract import answer_json, hits_json
from corpus.documents import Hit

QUOTE = "Die Förderquote beträgt 60 Prozent der anerkannten Ausgaben."
ANSWER = Answer(
    question="Wie hoch?",
    standalone_question="Wie hoch ist die Förderquote?",
    text=f"„{QUOTE}“ [1]",
    outcome="answered",
    citations=(
        Citation(1, PASSAGES[1], QUOTE, 0, len(QUOTE)),
        Citation(2, PASSAGES[3], CONTACT, 0, len(CONTACT)),
    ),
    hits=(Hit(PASSAGES[1], 0.98765432, 1), Hit(PASSAGES[3], 0.5, 2)),
    notes=(Note("superseded", "Es gibt eine neuere Fassung."),),
    place="Landkreis Görlitz (Sachsen)",
    seconds_retrieve=0.0123456,
    seconds_answer=0.5,
)


def test_answer_has_the_keys_and_values_of_the_contract():
    assert answer_json(ANSWER, question_id="f1") == {
        "id": "f1",
        "question": "Wie hoch?",
        "standalone_question": "Wie hoch ist die Förderquote?",
        "mode": "extractive",
        "refused": False,
        "text": f"„{QUOTE}“ [1]",
        "citations": [
            {
                "number": 1,
                "document": "leitfaden.pdf",
                "title": "Leitfaden Lesebrücke",
                "page": 4,
                "page_label": "2",
                "heading": "Förderung › Verfahren",
                "quote": QUOTE,
                "url": "https://lesebruecke.example/leitfaden",
                "as_of": "2031-02-01",
                "valid_until": "2034-12-31",
            },
            {
                "number": 2,
                "document": "kontakte.md",
                "title": "Kontakte",
                "page": None,
                "page_label": None,
                "heading": "Kontakt",
                "quote": CONTACT,
                "url": None,
                "as_of": None,
                "valid_until": None,
            },
        ],
        "hits": [
            {"rank": 1, "score": 0.9877, "document": "leitfaden.pdf", "page": 4, "text": RATE},
            {"rank": 2, "score": 0.5, "document": "kontakte.md", "page": None, "text": CONTACT},
        ],
        "notes": [{"kind": "superseded", "text": "Es gibt eine neuere Fassung."}],
        "place": "Landkreis Görlitz (Sachsen)",
        "seconds": {"retrieve": 0.0123, "answer": 0.5},
    }


@pytest.mark.parametrize(
    ("outcome", "refused"), [("answered", False), ("partial", False), ("refused", True)]
)
def test_refused_follows_the_outcome(outcome, refused):
    assert answer_json(replace(ANSWER, outcome=outcome))["refused"] is refused


def test_one_question_has_no_id():
    assert answer_json(ANSWER)["id"] is None


def test_hits_have_the_keys_of_the_contract():
    assert hits_json("Quote", ANSWER.hits[:1], 0.123456) == {
        "query": "Quote",
        "hits": [
            {"rank": 1, "score": 0.9877, "document": "leitfaden.pdf", "page": 4, "text": RATE}
        ],
        "seconds": 0.1235,
    }


def test_everything_can_be_written_as_json():
    row = json.loads(json.dumps(answer_json(ANSWER), ensure_ascii=False))

    assert row == answer_json(ANSWER)


def test_a_generated_answer_names_its_model_and_what_backs_each_sentence():
    generated = Generated(
        (Statement("Gefördert werden 60 %.", "ok", (1,)), Statement("Viel Erfolg.", "none")),
        LanguageModel("probe-4b"),
        datetime(2031, 6, 15, 12, 0, 30),
        ANSWER.text,
    )

    row = answer_json(replace(ANSWER, mode="generated", generated=generated))

    assert row["mode"] == "generated"
    assert row["generated"] == {
        "model": "probe-4b",
        "host": None,
        "at": "2031-06-15T12:00:30",
        "sentences": [
            {
                "text": "Gefördert werden 60 %.",
                "kind": "generated",
                "support": "ok",
                "citations": [1],
            },
            {"text": "Viel Erfolg.", "kind": "generated", "support": "none", "citations": []},
        ],
    }


def test_table_names_the_citation_of_each_cell():
    rows = (("Quote", (Cell(QUOTE, 1), Cell("", None))),)

    (row,) = answer_json(replace(ANSWER, table=Table(("A", "B"), rows)))["table"]["rows"]

    assert row == {
        "label": "Quote",
        "cells": [{"text": QUOTE, "citation": 1}, {"text": "", "citation": None}],
    }
