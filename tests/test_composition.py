import pytest
from sample_passages import CONTACT, PASSAGES

from assistant.composition import cite, language_of, partial, quoted, refusal
from assistant.question import understand
from assistant.selection import Quote
from corpus.documents import Hit

HITS = [Hit(one, 1 - rank / 10, rank) for rank, one in enumerate(PASSAGES, 1)]
GERMAN = understand("Wie wird das Wetter?")
ENGLISH = understand("What is the weather like?")


def quote(row, part):
    start = PASSAGES[row].text.index(part)
    return Quote(HITS[row], start, start + len(part))


def test_citations_are_numbered_and_prove_themselves():
    citations = cite([quote(4, "Er bringt Bilderbücher"), quote(3, CONTACT)])

    assert [citation.number for citation in citations] == [1, 2]
    for citation in citations:
        assert citation.passage.text[citation.start : citation.end] == citation.quote


def test_text_prints_each_quote_with_its_number():
    citations = cite([quote(4, "Er bringt Bilderbücher"), quote(3, CONTACT)])

    assert quoted(citations) == f"„Er bringt Bilderbücher“ [1]\n\n„{CONTACT}“ [2]"


@pytest.mark.parametrize(
    ("question", "opening"),
    [(GERMAN, "Das steht nicht in den Unterlagen."), (ENGLISH, "The documents do not say this.")],
    ids=["German", "English"],
)
def test_refusal_says_so_in_the_language_of_the_question(question, opening):
    text = refusal(question, HITS)

    assert text.startswith(opening)
    assert question.text in text
    assert "Leitfaden Lesebrücke, S. 1 (PDF-Seite 3)" in text
    assert "$" not in text


def test_refusal_names_no_place_twice_and_at_most_three():
    text = refusal(GERMAN, [HITS[0], HITS[0], *HITS])

    listed = [line for line in text.splitlines() if line.startswith("- ")]
    assert 1 <= len(listed) <= 3
    assert len(set(listed)) == len(listed)


def test_refusal_without_hits_is_complete():
    text = refusal(GERMAN, [])

    assert "- " not in text.splitlines()
    assert "nicht gefunden" in text


def test_refusal_quotes_nothing_from_the_documents():
    text = refusal(GERMAN, HITS)

    assert not [one for one in PASSAGES if one.text in text]


def test_partial_answer_says_that_this_is_all():
    citations = cite([quote(3, CONTACT)])

    assert quoted(citations) in partial(GERMAN, citations)
    assert partial(GERMAN, citations) != quoted(citations)


def test_braces_and_dollars_in_a_question_stay_as_they_are():
    question = understand("Kostet das $5 oder ${question} oder {0} %s?")

    assert question.text in refusal(question, HITS)


@pytest.mark.parametrize(("question", "language"), [(GERMAN, "de"), (ENGLISH, "en")])
def test_language_follows_the_question(question, language):
    assert language_of(question) == language
