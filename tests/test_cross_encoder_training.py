import pytest
import torch
from scored_units import found
from tokenizers import Tokenizer

from assistant.evaluation import Case
from assistant.question import understand
from bench.cross_encoder import (
    BATCH,
    FEW,
    RIVALS,
    Example,
    _batches,
    _form,
    _loss,
    _taken,
    _told,
    _weights,
)
from corpus.bundled_model import TOKENIZER_FILE, bundled_model
from corpus.onnx_embedder import joined

ASKED = "Wie hoch ist die Förderquote?"


def example(form, texts, *, has_answer, told=()):
    return Example(form, [[7] * length for length in texts], has_answer, list(told))


@pytest.fixture
def units(corpus_index, embedder):
    return found(ASKED, corpus_index, embedder)[1]


def test_the_answer_comes_first_and_its_best_rivals_behind(units):
    second = units[1]

    taken, has_answer = _taken(Case("1", ASKED, must=((second.text.upper(),),)), units)

    assert has_answer
    assert taken[0] is second
    assert len(taken) == 1 + RIVALS
    assert second not in taken[1:]


@pytest.mark.parametrize(
    "case",
    [Case("1", ASKED, kind="unanswerable"), Case("1", ASKED, must=(("steht nirgends",),))],
    ids=["without an answer", "answer not found"],
)
def test_what_was_found_in_vain_is_no_answer(units, case):
    taken, has_answer = _taken(case, units)

    assert not has_answer
    assert taken == list(units[:RIVALS])


def test_answers_weigh_as_much_as_the_others_of_their_form():
    few = [example("de 1", [3], has_answer=False)] * 90
    many = [example("de 1", [3, 3, 3], has_answer=True)] * 40

    weights = _weights([*few, *many, example("en 1", [3], has_answer=True)])

    assert weights["de 1"] == pytest.approx((90 + 80 + 2 * FEW) / (40 + FEW))
    assert weights["en 1"] == pytest.approx(2 * FEW / (1 + FEW))


def test_batches_hold_every_question_once_beside_those_of_its_length():
    examples = [example("de 1", [n] * (1 + n % 3), has_answer=True) for n in range(1, 60)]

    batches = _batches(examples)

    assert sorted(len(one.texts[0]) for batch in batches for one in batch) == [*range(1, 60)]
    assert all(sum(len(one.texts) for one in batch) < BATCH + 3 for batch in batches)
    for batch in batches:
        lengths = [len(one.texts[0]) for one in batch]
        assert max(lengths) - min(lengths) < BATCH


@pytest.fixture
def batch():
    return [
        example("de 1", [3, 3], has_answer=True, told=[1]),
        example("de 1", [2], has_answer=False),
    ]


def test_loss_falls_when_the_answer_stands_above_its_rivals(batch):
    marks = torch.full((3, 3), -20.0).index_put(
        (torch.tensor(0), torch.tensor(1)), torch.tensor(20.0)
    )

    right, wrong = (
        _loss(lambda texts, said=said: (torch.tensor(said), marks), batch, {"de 1": 2.0})
        for said in ([3.0, -3.0, -3.0], [-3.0, 3.0, 3.0])
    )

    assert right < 0.2 < 2 < wrong


def test_loss_falls_when_the_answering_word_is_marked_and_padding_counts_nothing(batch):
    scores = torch.tensor([20.0, -20.0, -20.0])
    marks = torch.full((3, 3), -20.0)
    marks[2, 2] = 20.0  # behind the end of the text
    missed = marks.clone()
    marks[0, 1] = 20.0

    right, wrong = (
        _loss(lambda texts, said=said: (scores, said), batch, {"de 1": 2.0})
        for said in (marks, missed)
    )

    assert right < 0.01 < 2 < wrong


def test_answering_words_are_found_in_the_tokens_of_question_and_passage(model_data):
    tokenizer = Tokenizer.from_file(str(bundled_model(model_data) / TOKENIZER_FILE))
    passage = "Richtlinie, Frist: Anträge sind bis zum 30.\nSeptember einzureichen."
    text = joined(tokenizer, "Bis wann?", passage)
    case = Case("1", "Bis wann?", must=(("am 1. Mai", "BIS ZUM 30. September"),))

    told = _told(case, tokenizer, passage, text)

    words = "".join(tokenizer.id_to_token(text[place]) for place in told)
    assert words == "▁bis▁zum▁30.▁September"
    assert _told(case, tokenizer, passage, text[: told[1] + 1]) == told[:1]  # cut behind it


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
