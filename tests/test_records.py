from dataclasses import replace
from datetime import date

import pytest
from sample_passages import PASSAGES, SOURCE, documents_of, passage

from corpus.documents import Health, Source
from corpus.records import (
    document_from_json,
    document_to_json,
    passage_from_json,
    passage_to_json,
    source_from_json,
    source_to_json,
)


@pytest.mark.parametrize(
    "strange",
    [
        passage("Zeile 1\nZeile 2\r\n\tZeile 3", sentences=((0, 7), (8, 26))),
        passage("Anführung „so“ 'so' \"so\" \\n 🙂 日本語 \u2028 \x85"),
        passage("Text", heading=("Ä „Ö“", "› Pfeil"), title="T\u2028itel"),
        replace(PASSAGES[0], source=SOURCE, page=999, page_label="xviii"),
    ],
    ids=["line breaks", "strange characters", "headings", "page and source"],
)
def test_nothing_of_a_passage_changes(strange):
    line = passage_to_json(strange)

    assert passage_from_json(line) == strange
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    "source",
    [
        Source(),
        SOURCE,
        Source(valid_from=date(2020, 2, 29)),
        Source(lands=("Hessen", "Thüringen"), themes=("Ganztag",)),
    ],
    ids=["unknown", "known", "one date", "lists"],
)
def test_source_survives_json(source):
    assert source_from_json(source_to_json(source)) == source


@pytest.mark.parametrize(
    "title",
    ["Zeile\nZeile", "A\u2028B", "A\x85B", "A\x0cB", "„Ä“ 🙂"],
    ids=["line feed", "line separator", "next line", "form feed", "letters"],
)
def test_titles_with_strange_blanks_are_kept(title):
    document = replace(documents_of(PASSAGES)[0], title=title)
    line = document_to_json(document)

    assert document_from_json(line) == document
    assert len(line.splitlines()) == 1


def test_health_is_kept_with_its_document():
    health = Health(
        pages_without_text=2,
        dates=(date(2031, 1, 5), date(2031, 2, 1)),
        fingerprint=(3, 2**63),
        remarks=("Ein Blatt ist ausgeblendet.",),
    )
    document = replace(documents_of(PASSAGES)[0], health=health)

    assert document_from_json(document_to_json(document)) == document
