from datetime import date

import pytest
from sample_passages import BUS, CONTACT, PASSAGES, SOURCE, passage

from assistant.composition import cite, partial, quoted, refusal
from assistant.question import understand
from assistant.selection import Quote
from assistant.validity import Timeframe
from corpus.documents import Hit, Source

HITS = [Hit(one, 1 - rank / 10, rank) for rank, one in enumerate(PASSAGES, 1)]
GERMAN = understand("Wie wird das Wetter?")
ENGLISH = understand("What is the weather like?")
OPENINGS = {"de": "Das steht nicht in den Unterlagen.", "en": "The documents do not say this."}
LAST_DAY = Timeframe(SOURCE.valid_until, {})
DAY_AFTER = Timeframe(date(2035, 1, 1), {})
UNKNOWN = Source()


def quote(row, part):
    start = PASSAGES[row].text.index(part)
    return Quote(HITS[row], start, start + len(part))


def whole(text, source=UNKNOWN):
    return Quote(Hit(passage(text, source=source), 1.0, 1), 0, len(text))


def test_citations_are_numbered_and_prove_themselves():
    citations = cite([quote(4, "Er bringt Bilderbücher"), quote(3, CONTACT)])

    assert [citation.number for citation in citations] == [1, 2]
    for citation in citations:
        assert citation.passage.text[citation.start : citation.end] == citation.quote


def test_text_prints_each_quote_with_its_number():
    citations = cite([quote(4, "Er bringt Bilderbücher"), quote(3, CONTACT)])

    assert quoted(citations, LAST_DAY) == f"„Er bringt Bilderbücher“ [1]\n\n„{CONTACT}“ [2]"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Das heißt „Lesebus“.", "»Das heißt „Lesebus“.« [1]"),
        ("Das heißt »Lesebus«.", "„Das heißt »Lesebus«.“ [1]"),
        ('Das heißt "Lesebus".', '„Das heißt "Lesebus".“ [1]'),
    ],
    ids=["German marks", "guillemets", "typewriter marks"],
)
def test_marks_around_a_quote_are_not_those_inside_it(text, printed):
    assert quoted(cite([whole(text)]), LAST_DAY) == printed


@pytest.mark.parametrize(
    ("day", "mark"),
    [(LAST_DAY, ""), (DAY_AFTER, " (galt bis 31.12.2034)")],
    ids=["last day", "day after"],
)
def test_ended_source_is_marked_behind_its_number(day, mark):
    citations = cite([quote(1, "Die Förderquote beträgt 60 Prozent"), quote(4, BUS)])

    assert quoted(citations, day) == (
        f"„Die Förderquote beträgt 60 Prozent“ [1]{mark}\n\n„{BUS}“ [2]"
    )


def test_nothing_quoted_is_no_text():
    assert quoted((), LAST_DAY) == ""


@pytest.mark.parametrize("question", [GERMAN, ENGLISH], ids=["German", "English"])
def test_refusal_says_so_in_the_language_of_the_question(question):
    text = refusal(question, HITS, "", "")

    assert text.startswith(OPENINGS[question.language])
    assert question.text in text
    assert "Leitfaden Lesebrücke, S. 1 (PDF-Seite 3)" in text
    assert "REAB" in text
    assert "$" not in text


@pytest.mark.parametrize(
    ("question", "before"),
    [(GERMAN, "Auskunft geben kann:"), (ENGLISH, "You can ask:")],
    ids=["German", "English"],
)
def test_refusal_ends_with_whom_to_ask(question, before):
    contact = quoted(cite([quote(3, CONTACT)]), LAST_DAY)

    text = refusal(question, HITS, "", contact)

    assert text.startswith(OPENINGS[question.language])
    assert text.endswith(f"{before}\n\n{contact}")
    assert "REAB" not in text


def test_gap_stands_before_the_nearest_passages_and_is_nobody_to_ask():
    gap = "„Nicht belegt: Welche Farbe der Lesebus hat.“ [1]"

    text = refusal(GERMAN, HITS, gap, "")

    assert text.index(OPENINGS["de"]) < text.index(gap) < text.index("Am nächsten kommen")
    assert "Auskunft geben kann:" not in text
    assert "REAB" in text


def test_refusal_names_no_place_twice_and_at_most_three():
    text = refusal(GERMAN, [HITS[0], HITS[0], *HITS], "", "")

    listed = [line for line in text.splitlines() if line.startswith("- ")]
    assert 1 <= len(listed) <= 3
    assert len(set(listed)) == len(listed)


def test_refusal_without_hits_is_complete():
    text = refusal(GERMAN, [], "", "")

    assert not [line for line in text.splitlines() if line.startswith("- ")]
    assert "nicht gefunden" in text
    assert "REAB" in text


def test_refusal_quotes_nothing_but_whom_to_ask():
    contact = quoted(cite([quote(3, CONTACT)]), LAST_DAY)

    assert not [one for one in PASSAGES if one.text in refusal(GERMAN, HITS, "", "")]
    assert [one for one in PASSAGES if one.text in refusal(GERMAN, HITS, "", contact)] == [
        PASSAGES[3]
    ]


@pytest.mark.parametrize(
    ("question", "opening"),
    [(GERMAN, "Dazu steht in den Unterlagen nur"), (ENGLISH, "This is all the documents say")],
    ids=["German", "English"],
)
def test_partial_answer_says_that_this_is_all(question, opening):
    quotes = quoted(cite([quote(3, CONTACT)]), LAST_DAY)

    text = partial(question, quotes)

    assert text.startswith(opening)
    assert text.endswith(quotes)


def test_braces_and_dollars_stay_as_they_are():
    question = understand("Kostet das $5 oder ${question} oder {0} %s?")
    contact = "„Das kostet $nearest oder {1}.“ [1]"

    text = refusal(question, HITS, contact, contact)

    assert question.text in text
    assert text.count(contact) == 2
    assert partial(question, contact).endswith(contact)


@pytest.mark.parametrize(("question", "language"), [(GERMAN, "de"), (ENGLISH, "en")])
def test_language_follows_the_question(question, language):
    assert question.language == language
