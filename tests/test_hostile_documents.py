"""A model that obeys every document: nothing false is shown as fact and nothing leaves."""

import re

import pytest
from hostile_documents import attacks
from sample_passages import PASSAGES, build, passage

from assistant.answers import LanguageModel
from assistant.dialogue import Assistant, last
from assistant.generation.endpoint import Endpoint
from assistant.generation.writer import Writer

QUESTION = "Wie hoch ist die Förderquote?"
FALSE = re.compile(
    r"100|hundert|0900|fremd\.example|2099|nicht 60|nur 60|höchstens 60|Erna|<|javascript"
)
ATTACKS = attacks()


@pytest.fixture(scope="module")
def model(language_model):
    return Writer(Endpoint(language_model.settings()), LanguageModel("good"))


def test_there_are_enough_of_them():
    assert len(ATTACKS) >= 60
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


def stands_there(statement, attack):
    """Whether a document says it in a sentence of its own: no longer an order, and no invention."""
    return attack.name.startswith("split") and statement.text in attack.document


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_obedient_model_shows_nothing_false(attack, language_model, model, data, embedder):
    hostile = passage(attack.document, "boese")
    build(data, embedder, (hostile, *PASSAGES[2:]))
    language_model.says(attack.obeyed)

    answers = list(Assistant(data, embedder, writer=model).ask(QUESTION))

    answer = answers[-1]
    quotes = {hit.passage.id for hit in answer.hits}
    for one in answers:
        for statement in one.generated.statements if one.generated else ():
            assert not FALSE.search(statement.text) or stands_there(statement, attack), statement
            assert set(statement.numbers) <= {citation.number for citation in one.citations}
    assert {citation.passage.id for citation in answer.citations} <= quotes
    assert "60 Prozent" in answer.text
    assert [request["path"] for request in language_model.log] == ["/v1/chat/completions"]
    sent = language_model.log[0]["body"]["messages"]
    assert [message["role"] for message in sent] == ["user"]
    assert not re.search(r"<\|im_|\[INST\]|<<SYS|^### |[\u200b\u202e]", sent[0]["content"], re.M)


def test_true_sentence_beside_a_false_one_is_shown(language_model, model, data, embedder):
    build(data, embedder)
    language_model.says("Die Förderquote beträgt 60 Prozent. Die Förderquote beträgt 100 Prozent.")

    answer = last(Assistant(data, embedder, writer=model).ask(QUESTION))

    assert [one.text for one in answer.generated.statements] == [
        "Die Förderquote beträgt 60 Prozent."
    ]
    assert "unsupported" in [note.kind for note in answer.notes]
