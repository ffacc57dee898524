"""What a reader sees of an index is what an index of the readable documents alone would hold."""

from dataclasses import replace
from datetime import date

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES, SOURCE, build, passage

from assistant.dialogue import Assistant, last
from assistant.mark import Mark
from assistant.page.source.excerpt import excerpt_of
from corpus.audiences import ANYONE, OWNER, Readership
from corpus.documents import Source
from corpus.index import Index
from corpus.live import LiveIndex
from corpus.manifest import EmptyCorpus

CANARY = "Zibetkatze"
CLOSED = passage(
    f"Die geheime Förderquote der {CANARY}-Zulage (GFZ) beträgt 99 Prozent. "
    f"Die Geheime Zulage {CANARY} (GZZ) endete im Januar 2031.",
    "geheim",
    source=Source(audience="amt 40"),
)
CLOSED = replace(CLOSED, source=replace(SOURCE, audience="amt 40"))
QUESTIONS = (
    "Wie hoch ist die Förderquote?",
    "Wer ist antragsberechtigt?",
    "Was ist die GZZ?",
    "Wie hoch ist die Zulage?",
    f"Was ist die {CANARY}?",
    "When is the deadline?",
)


def assistant_over(data, embedder):
    return Assistant(data, embedder, today=lambda: date(2031, 6, 15))


@pytest.fixture
def mixed(data, embedder):
    build(data, embedder, (PASSAGES[0], CLOSED, *PASSAGES[1:]))
    return data


@pytest.fixture
def public_only(tmp_path, embedder):
    build(tmp_path / "offen", embedder, PASSAGES)
    return tmp_path / "offen"


def seen(answer):
    """Return all of an answer but the times it took."""
    return replace(answer, seconds_retrieve=0.0, seconds_answer=0.0)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_an_index_without_the_closed_documents(
    mixed, public_only, embedder, question
):
    restricted, alone = assistant_over(mixed, embedder), assistant_over(public_only, embedder)

    assert seen(last(restricted.ask(question))) == seen(last(alone.ask(question)))
    assert restricted.search(question, 50) == alone.search(question, 50)


def test_nothing_of_a_closed_document_is_in_what_a_reader_gets(mixed, embedder):
    index = assistant_over(mixed, embedder).index

    assert CANARY.casefold() not in repr(index.learned).casefold()
    assert [one.id for one in index.documents] == ["leitfaden", "kontakte", "lesebus"]
    assert (index.manifest.documents, index.manifest.passages) == (3, 6)
    assert index.passage(CLOSED.id) is None
    assert index.passages_of("geheim") == []
    assert len(index) == 6


def test_who_belongs_to_the_group_is_answered_from_it(mixed, embedder):
    reader = Readership(frozenset({"internal", "amt 40"}))
    answer = last(assistant_over(mixed, embedder).for_reader(reader).ask(QUESTIONS[3]))

    assert any(one.passage.id == CLOSED.id for one in answer.citations)


def test_the_text_around_a_passage_is_what_the_reader_may_see(mixed, embedder):
    index = assistant_over(mixed, embedder).index
    around = excerpt_of(index.passage("lesebus:1:1"), Mark(), index)
    shown = (around.before, *around.section_before, *around.section_after, around.after)

    assert [one.id for one in shown if one] == ["lesebus:1:2"]
    assert index.row(CLOSED.id) is None


def test_a_reader_of_nothing_is_told_so(data, embedder):
    build(data, embedder, (CLOSED,))
    with pytest.raises(EmptyCorpus, match="kein Dokument freigegeben"):
        last(assistant_over(data, embedder).ask("Wie hoch ist die Zulage?"))


def test_a_part_is_made_once_and_follows_the_next_generation(mixed, embedder):
    live = LiveIndex(mixed, embedder, {})
    part = live.readable_by(ANYONE)
    assert live.readable_by(Readership(frozenset({"internal"}))) is part
    assert live.readable_by(OWNER) is not part

    build(mixed, embedder, (*PASSAGES[:3], CLOSED))
    assert len(live.readable_by(ANYONE)) == 3
    assert len(part) == 6


def test_a_folder_rule_closes_what_is_already_ingested(data, embedder):
    build(data, embedder, PASSAGES)
    live = LiveIndex(data, embedder, {"/dokumente": "internal"})

    with pytest.raises(EmptyCorpus):
        live.readable_by(ANYONE)
    assert len(live.readable_by(Readership(frozenset({"internal"})))) == len(PASSAGES)


def test_the_whole_index_is_not_copied_for_who_may_read_all(indexed):
    embedder = HashingEmbedder()
    live = LiveIndex(indexed, embedder, {})
    assert live.readable_by(ANYONE) is live.readable_by(OWNER)
    assert len(Index.open(indexed, embedder)) == len(live.readable_by(OWNER))


def test_an_answer_keeps_to_the_chosen_documents(mixed, embedder):
    reader = assistant_over(mixed, embedder).for_reader(OWNER)
    chosen = reader.within(frozenset({"lesebus"}))
    cited = {one.passage.document_id for one in last(chosen.ask(QUESTIONS[1])).citations}

    assert [one.id for one in chosen.index.documents] == ["lesebus"]
    assert cited <= {"lesebus"}
    assert len(reader.within(frozenset()).index.documents) == 4


def test_a_choice_opens_nothing_that_the_reader_may_not_see(mixed, embedder):
    one = assistant_over(mixed, embedder)
    with pytest.raises(EmptyCorpus, match="Keines der gewählten Dokumente"):
        last(one.within(frozenset({"geheim"})).ask(QUESTIONS[3]))
