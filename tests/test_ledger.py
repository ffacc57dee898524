"""The judge of the mixed load finds what it is there to find."""

import pytest

from bench.ledger import Fact, Ledger, Seen

OLD = Fact("Kranichhafen", "public", "4.711", "AZ-ALT", asked=10, there=12, leaving=40, gone=42)
NEW = Fact("Kranichhafen", "public", "5.822", "AZ-NEU", asked=40, there=42)
CLOSED = Fact("Ottergarten", "amt 40", "6.933", "AZ-GEHEIM", asked=10, there=12)


@pytest.fixture
def ledger():
    return Ledger(lag=5, always=("Ein Satz aus der Bibliothek.",), facts=[OLD, NEW, CLOSED])


def seen(answer, at, *, groups=(), name=OLD.name, quotes=()):
    return Seen(at, at + 1, frozenset(groups), "rest", name, answer, answer, quotes)


@pytest.mark.parametrize(
    ("answer", "at"),
    [
        ("Bis 4.711 Euro.", 20),
        ("Steht nicht in den Dokumenten.", 14),  # acknowledged less than the lag ago
        ("Bis 4.711 Euro.", 41),  # asked to go
        ("Bis 5.822 Euro.", 41),
        ("Bis 4.711 Euro.", 46),  # gone for less than the lag
        ("Bis 5.822 Euro.", 60),
    ],
)
def test_what_was_right_at_its_moment_is_right(ledger, answer, at):
    assert ledger.faults(seen(answer, at, quotes=("Ein Satz aus der Bibliothek.",))) == []


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (seen("Steht nicht in den Dokumenten.", 20), "does not find 4.711"),
        (seen("Bis 4.711 Euro.", 60), "does not find 5.822"),
        (seen("5.822, AZ-ALT", 60, quotes=(NEW.sentence,)), "shows AZ-ALT"),
        (seen("Bis 5.822 Euro.", 60, quotes=(OLD.sentence,)), "quotes what no document says"),
        (seen("Bis 5.822 Euro.", 60, quotes=("Erfunden.",)), "quotes what no document says"),
        (seen("AZ-GEHEIM", 20, name=CLOSED.name), "shows AZ-GEHEIM"),
        (seen("Nichts.", 20, groups=("amt 40",), name=CLOSED.name), "does not find 6.933"),
    ],
    ids=["lost", "stale", "stale mark", "stale quote", "invented", "closed", "closed and lost"],
)
def test_what_was_wrong_at_its_moment_is_found(ledger, found, says):
    assert any(says in fault for fault in ledger.faults(found))


def test_the_same_content_for_fewer_readers_is_closed_to_the_others(ledger):
    narrowed = Fact(OLD.name, "amt 40", OLD.amount, OLD.mark, asked=40, there=42)
    ledger.facts = [OLD, narrowed]
    assert ledger.faults(seen("4.711, AZ-ALT", 60, groups=("amt 40",))) == []
    assert ledger.faults(seen("4.711, AZ-ALT", 60)) != []
    assert ledger.staleness(seen("4.711, AZ-ALT", 60, groups=("amt 40",))) == 0


def test_a_replica_has_its_time_only_while_the_server_is_up(ledger):
    ledger.outages = [[13, 33], [35, 50]]
    assert ledger.known_by(1) == 6
    assert ledger.known_by(12) == 52  # one second before, two between, two after
    assert ledger.known_by(20) == 53
    assert ledger.known_by(60) == 65


def test_how_stale_an_answer_was(ledger):
    assert ledger.staleness(seen("Bis 4.711 Euro.", 45)) == 3
    assert ledger.staleness(seen("Bis 5.822 Euro.", 45)) == 0


def test_what_had_to_be_said_and_what_was_closed_is_counted(ledger):
    assert ledger.due(seen("Bis 4.711 Euro.", 20)) == [OLD]
    assert ledger.due(seen("Bis 4.711 Euro.", 41)) == []
    assert ledger.is_closed(seen("Nichts.", 20, name=CLOSED.name))
    assert not ledger.is_closed(seen("6.933", 20, groups=("amt 40",), name=CLOSED.name))
    assert not ledger.is_closed(seen("Bis 4.711 Euro.", 20))
