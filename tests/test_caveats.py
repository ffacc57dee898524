from dataclasses import replace
from datetime import date

import pytest
from sample_passages import SOURCE, passage

from assistant.caveats import notes
from assistant.composition import cite
from assistant.question import understand
from assistant.selection import Quote
from assistant.validity import Timeframe
from corpus.documents import Hit, Source

TODAY = date(2031, 6, 15)
NOW = Timeframe(TODAY, {"lesebus": date(2030, 12, 31)})


def whole(text, document, source=SOURCE):
    return Quote(Hit(passage(text, document, source=source), 1.0, 1), 0, len(text))


def notes_on(question, *quotes, timeframe=NOW):
    return notes(understand(question), cite(quotes), timeframe)


def test_nothing_quoted_needs_no_note():
    assert notes_on("Wie wird das Wetter?") == ()


def test_wrong_premise_comes_first():
    (note,) = notes(understand("Warum?"), (), NOW, "Die Frage nennt 95 %.")

    assert (note.kind, note.text) == ("premise", "Die Frage nennt 95 %.")


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Wie viele Büros gibt es?", "Es gibt acht Büros.", "Es gibt 12 Büros."),
        ("Wie hoch ist die Quote?", "Die Quote beträgt 40 %.", "Die Quote beträgt 50 %."),
        ("Was kostet der Bus?", "Der Bus kostet 100 Euro.", "Der Bus kostet 200 €."),
        ("Bis wann?", "Antrag bis zum 30. September 2031.", "Antrag bis zum 31.10.2031."),
        ("Wie lange läuft es?", "Es läuft vier Jahre.", "Es läuft drei Jahre."),
        ("Welches Ministerium?", "Zuständig ist das BMBF.", "Zuständig ist das BMFTR."),
    ],
    ids=["count", "share", "amount", "date", "duration", "ministry"],
)
def test_documents_that_differ_are_noted_with_date_and_level_of_each(question, one, other):
    old = replace(SOURCE, as_of=date(2030, 5, 1), level="Bund", kind="Programmseite")

    (note,) = notes_on(question, whole(one, "a"), whole(other, "b", old))

    assert note.kind == "conflict"
    assert "Beleg 1: Stand 01.02.2031, Land, Richtlinie" in note.text
    assert "Beleg 2: Stand 01.05.2030, Bund, Programmseite" in note.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Es gibt acht Büros.", "Es gibt 8 Büros."),
        ("Es gibt acht Büros.", "Es gibt 12 Busse."),
        ("In Hessen gibt es acht Büros.", "In Bayern gibt es zwölf Büros."),
        ("Es gibt acht Büros.", "Auf Reisen vermisste die Leserin zwölf kleine dunkle Büros."),
    ],
    ids=["the same", "other things", "other places", "said of something else"],
)
def test_what_does_not_differ_is_no_conflict(one, other):
    assert notes_on("Wie viele Büros gibt es?", whole(one, "a"), whole(other, "b")) == ()


def test_two_figures_within_one_document_are_no_conflict():
    quotes = [whole("Die Quote beträgt 40 %.", "a"), whole("Die Quote beträgt 60 %.", "a")]

    assert notes_on("Wie hoch ist die Quote?", *quotes) == ()


def test_what_has_ended_is_noted_once_with_all_its_numbers():
    ended = Source(valid_until=date(2030, 6, 30))
    quotes = [
        whole("Der Lesebus fährt.", "a"),
        whole("Die Quote ist hoch.", "b", ended),
        whole("Der Lesebus hält.", "c"),
    ]

    found = notes_on("Wer fährt?", *quotes)

    assert [(note.kind, note.text) for note in found] == [
        ("superseded", "Beleg 1, 3: Lesebus: bis 31.12.2030."),
        ("superseded", "Beleg 2: galt bis 30.06.2030."),
    ]


THEN = Timeframe(date(2023, 6, 1), {}, is_named=True)


def test_what_nothing_dates_to_the_named_day_is_noted_with_the_date_of_its_source():
    later = Source(as_of=date(2025, 5, 6))
    quotes = [whole("Der Bus fährt.", "a", Source()), whole("Es gibt Busse.", "b", later)]

    (german,) = notes_on("Wer fährt?", *quotes, timeframe=THEN)
    (english,) = notes_on("Who can drive the bus?", *quotes, timeframe=THEN)

    assert (german.kind, german.text) == (
        "undated",
        "Ob das am 01.06.2023 galt, sagen die Unterlagen nicht "
        "(Beleg 1: ohne Datum; Beleg 2: Stand 06.05.2025).",
    )
    assert english.text == (
        "The documents do not say whether this held on 01.06.2023 "
        "(Source 1: undated; Source 2: as of 06.05.2025)."
    )
    assert notes_on("Wer fährt?", *quotes) == ()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Der Bus fährt.", Source(as_of=date(2023, 6, 1))),
        ("Der Bus fährt.", Source(valid_from=date(2022, 1, 1), as_of=date(2025, 5, 6))),
        ("Der Bus fährt seit 2020.", Source(as_of=date(2025, 5, 6))),
        ("Der Bus fuhr bis 2024.", Source()),
    ],
    ids=["drawn up by then", "in force by then", "since before", "until later"],
)
def test_what_is_dated_to_the_named_day_needs_no_note(text, source):
    assert notes_on("Wer fährt?", whole(text, "a", source), timeframe=THEN) == ()


def test_quotes_from_recognised_text_are_noted_by_their_number():
    plain, scanned = cite([whole("Es gibt Büros.", "a"), whole("Es gibt Busse.", "b")])
    passage_read = replace(scanned.passage, is_recognised=True)

    (note,) = notes(
        understand("Was gibt es?"), [plain, replace(scanned, passage=passage_read)], NOW
    )

    assert (note.kind, "Beleg 2" in note.text, "Beleg 1" in note.text) == ("ocr", True, False)


def test_notes_on_an_english_question_are_english():
    old = replace(SOURCE, as_of=date(2030, 5, 1))
    quotes = whole("Es gibt acht Büros.", "a"), whole("Es gibt 12 Büros.", "b", old)

    (note,) = notes_on("How many Büros are there?", *quotes)

    assert note.text.startswith("The sources differ (Source 1: as of")
