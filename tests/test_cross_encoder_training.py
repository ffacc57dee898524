import pytest

from assistant.question import understand
from bench.cross_encoder import ANSWERS, _balanced, _Examples, _form


def examples(answers, others, spare):
    """Make texts of one token each, so that each can be told from the others."""
    numbers = iter(range(answers + others + spare))
    return _Examples(*([[next(numbers)] for _ in range(n)] for n in (answers, others, spare)))


@pytest.mark.parametrize(
    ("answers", "others", "spare"), [(10, 2, 90), (10, 90, 0), (10, 20, 5)], ids=str
)
def test_every_form_of_question_gets_the_same_share_of_answers(answers, others, spare):
    pairs = _balanced({"de 1": examples(answers, others, spare)})

    labels = [label for _, label in pairs]
    assert labels.count(1.0) == answers
    assert len(labels) == round(answers / ANSWERS)
    assert len({tuple(text) for text, _ in pairs}) == len(pairs)


def test_where_there_are_too_few_others_all_are_taken():
    assert len(_balanced({"de 1": examples(10, 3, 4)})) == 17


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Wir sind ein Verein. Wer bekommt Geld?", "de story"),
        ("Wer bekommt Geld?", "de 0"),
        ("Wer bekommt in einem solchen Jahr Geld?", "de 1"),
        ("Who may apply for the grant of the programme?", "en 2"),
    ],
)
def test_forms_are_told_apart(question, form):
    assert _form(understand(question)) == form
