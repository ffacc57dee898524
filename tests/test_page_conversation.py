import pytest
from scripted_assistant import answered

from assistant.answers import Message
from assistant.page.conversation import MAX_TURNS, Conversation


def finished(*questions: str) -> Conversation:
    conversation = Conversation()
    for question in questions:
        run = conversation.begin(question, stage="searching")
        conversation.update(run, stage="done", answer=answered(question))
    return conversation


def test_history_holds_finished_turns_oldest_first():
    conversation = finished("eins", "zwei")
    conversation.begin("drei", stage="searching")
    assert [message.text for message in conversation.history if message.role == "user"] == [
        "eins",
        "zwei",
    ]
    assert conversation.history[1] == Message("assistant", answered("eins").text)


@pytest.mark.parametrize("end", ["stop", "clear", "take_last_question"])
def test_a_run_that_is_over_changes_nothing(end):
    conversation = finished("eins")
    run = conversation.begin("zwei", stage="searching")
    getattr(conversation, end)()
    before = list(conversation.turns)
    assert not conversation.update(run, stage="done", answer=answered("zwei"))
    assert not conversation.give_up(run)
    assert conversation.turns == before


def test_what_was_given_up_changes_nothing_when_its_thread_ends_late():
    conversation = finished("eins")
    run = conversation.begin("zwei", stage="searching")
    assert conversation.give_up(run)
    assert not conversation.update(run, stage="done", answer=answered("zwei"))
    assert [turn.question for turn in conversation.turns] == ["eins"]


def test_whoever_leaves_stops_a_run_of_their_own_only():
    conversation = Conversation()
    first = conversation.begin("eins", stage="searching")
    second = conversation.begin("zwei", stage="searching")
    conversation.leave(first)
    assert conversation.is_running
    conversation.leave(second)
    assert not conversation.is_running


def test_a_new_question_stops_the_one_before():
    conversation = Conversation()
    first = conversation.begin("eins", stage="searching")
    conversation.begin("zwei", stage="searching")
    assert [turn.stage for turn in conversation.turns] == ["stopped", "searching"]
    assert not conversation.update(first, stage="done", answer=answered("eins"))


def test_clearing_forgets_everything():
    conversation = finished("eins", "zwei")
    conversation.clear()
    assert conversation.turns == []
    assert conversation.history == []


def test_the_oldest_turns_go_and_numbers_never_return():
    conversation = finished(*(str(number) for number in range(MAX_TURNS + 2)))
    assert len(conversation.turns) == MAX_TURNS
    assert conversation.turns[0].question == "2"
    conversation.clear()
    conversation.begin("neu", stage="searching")
    assert conversation.turns[0].number == MAX_TURNS + 3


def test_the_same_question_sent_twice_is_noticed_only_while_it_runs():
    conversation = Conversation()
    run = conversation.begin("eins", stage="searching")
    assert conversation.is_answering("eins")
    assert conversation.is_answering("")
    assert not conversation.is_answering("zwei")
    conversation.update(run, stage="done", answer=answered("eins"))
    assert not conversation.is_answering("eins")
