from datetime import date

import pytest
from sample_passages import PASSAGES, build, passage

from assistant.findings import Search
from assistant.retriever import Retriever
from assistant.validity import Timeframe
from corpus.index import Index


@pytest.fixture
def find_in(data, embedder):
    """Return a function that looks a question up in some passages."""

    def find(passages, question):
        build(data, embedder, passages)
        retriever = Retriever(Index.open(data, embedder), embedder)
        return Search(retriever, Timeframe(date(2031, 6, 15), {})).find(question)

    return find


@pytest.mark.parametrize(
    ("typed", "looked_up"),
    [
        ("wie hoch ist die foerderquote", "wie hoch ist die Förderquote"),
        ("Wie hoch ist die Förderquote?", "Wie hoch ist die Förderquote?"),
        ("what is the foerderquote", "what is the foerderquote"),
    ],
    ids=["typed plainly", "as the documents", "English"],
)
def test_a_question_is_looked_up_as_the_documents_spell_it(find_in, typed, looked_up):
    finding = find_in([passage("Hier steht die Förderquote: Sie beträgt 60 Prozent.")], typed)

    assert finding.query.text == finding.query.question.text == looked_up
    assert finding.retrieval.query == looked_up


def test_many_questions_are_no_answer(find_in):
    asking = [passage("Bis wann muss der Antrag da sein?", "fragen", page=n) for n in range(30)]

    finding = find_in([*asking, *PASSAGES], "Bis wann muss der Antrag da sein?")

    assert finding.units
    assert {unit.hit.passage.document_id for unit in finding.units} <= {
        one.document_id for one in PASSAGES
    }


def test_nothing_but_questions_is_refused(find_in):
    finding = find_in([passage("Wer zahlt den Lesebus?")], "Wer zahlt den Lesebus?")

    assert (finding.units, finding.outcome) == ((), "refused")
