"""Whose turn it is: few at a time, people in turn, nobody lost, nobody forever."""

import asyncio
import threading

import pytest

from assistant.access import turnstile as module
from assistant.access.turnstile import Crowded, Standing, TooLate, Turnstile


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch):
    monkeypatch.setattr(module, "FIRST_LOOK", 0.0)
    monkeypatch.setattr(module, "NEXT_LOOK", 0.01)


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


class Crowd:
    """People who hold their turn until they are let go."""

    def __init__(self, turnstile):
        self.turnstile = turnstile
        self.order = []
        self.standings = {}
        self.go = {}
        self.tasks = {}

    async def comes(self, key, name):
        self.go[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._visit(key, name))
        await settle()

    async def _visit(self, key, name):
        async with self.turnstile.place(key) as place:
            async for standing in place.waiting():
                self.standings.setdefault(name, []).append(standing)
            self.order.append(name)
            await self.go[name].wait()

    async def leaves(self, name):
        self.go[name].set()
        await settle()


async def crowd_of(turnstile, *people):
    crowd = Crowd(turnstile)
    for key, name in people:
        await crowd.comes(key, name)
    return crowd


def test_people_take_turns_however_many_questions_one_has():
    async def story():
        people = (("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1"))
        crowd = await crowd_of(Turnstile(1, 20, 60), *people)
        for name in ("a1", "a2", "b1", "c1", "a3"):
            await crowd.leaves(name)
        return crowd

    crowd = asyncio.run(story())
    assert crowd.order == ["a1", "a2", "b1", "c1", "a3"]
    assert {name: told[0] for name, told in crowd.standings.items()} == {
        "a2": Standing(1, people=0),
        "a3": Standing(2, people=0),
        "b1": Standing(2, people=1),
        "c1": Standing(3, people=2),
    }


def test_who_waits_is_told_how_the_line_moves():
    async def story():
        crowd = await crowd_of(Turnstile(1, 20, 60), *((str(n), n) for n in range(4)))
        for n in range(3):
            await crowd.leaves(n)
            while n < 2 and crowd.standings[3][-1].position != 2 - n:
                await asyncio.sleep(0)
        return [standing.people for standing in crowd.standings[3]]

    told = asyncio.run(story())
    assert sorted(set(told), reverse=True) == [2, 1, 0]
    assert told == sorted(told, reverse=True)


def test_no_more_than_allowed_are_inside():
    async def story():
        crowd = await crowd_of(Turnstile(2, 20, 60), *((str(n), n) for n in range(4)))
        first = list(crowd.order)
        await crowd.leaves(0)
        return first, crowd.order

    assert asyncio.run(story()) == ([0, 1], [0, 1, 2])


def test_who_gives_up_while_waiting_or_when_called_blocks_nobody():
    async def story():
        turnstile = Turnstile(1, 20, 60)
        crowd = await crowd_of(turnstile, *((name, name) for name in "abcd"))
        crowd.tasks["b"].cancel()
        await settle()
        crowd.go["a"].set()
        crowd.tasks["c"].cancel()  # at the moment its turn comes
        await settle()
        await crowd.leaves("d")
        return crowd.order, turnstile.waiting, turnstile._free

    assert asyncio.run(story()) == (["a", "d"], 0, 1)


def test_a_failure_inside_gives_the_turn_back():
    async def story():
        turnstile = Turnstile(1, 1, 60)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with turnstile.place("a") as place:
                    await place.run(lambda: 1 / 0)
        return turnstile._free

    assert asyncio.run(story()) == 1


def test_who_finds_the_line_full_is_told_when_to_come_back():
    async def story():
        turnstile = Turnstile(1, 2, 60)
        await crowd_of(turnstile, *(("a", n) for n in range(3)))
        with pytest.raises(Crowded) as caught:
            turnstile.check_room("a")
        with pytest.raises(Crowded):
            async with turnstile.place("a"):
                pass
        return caught.value

    crowded = asyncio.run(story())
    assert crowded.seconds == 3  # two wait, and a turn takes a second until it is known
    assert crowded.hint == "Bitte in etwa 3 s wiederholen."


def test_in_a_full_line_who_has_most_makes_room_for_somebody_new():
    async def story():
        turnstile = Turnstile(1, 3, 60)
        people = [("a", "inside"), ("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1")]
        crowd = await crowd_of(turnstile, *people)
        await crowd.comes("c", "c1")  # a has one more than c would have, and keeps one
        refused = [crowd.tasks[name].exception() for name in ("a3", "a2")]
        with pytest.raises(Crowded):
            turnstile.check_room("d")  # everybody has one now
        for name in ("inside", "a1", "b1", "c1"):
            await crowd.leaves(name)
        return crowd, refused

    crowd, refused = asyncio.run(story())
    assert [type(error) for error in refused] == [Crowded, Crowded]
    assert crowd.order == ["inside", "a1", "b1", "c1"]


def test_time_is_up_for_who_waits_and_for_who_is_answered():
    go = threading.Event()

    async def story():
        turnstile = Turnstile(1, 5, 0.05)
        with pytest.raises(TooLate):
            async with turnstile.place("a") as place:
                await place.run(lambda: go.wait(60))
        with pytest.raises(TooLate):  # the thread cannot be stopped, so it keeps its turn
            async with turnstile.place("b") as place:
                await place.run(lambda: None)
        go.set()
        while not turnstile._free:
            await asyncio.sleep(0)
        async with turnstile.place("c") as place:
            return await place.run(lambda: "answered")

    assert asyncio.run(story()) == "answered"


def test_who_leaves_while_a_thread_works_keeps_the_turn_until_it_ends():
    begun, go = threading.Event(), threading.Event()

    def work():
        begun.set()
        go.wait(60)

    async def visit(turnstile):
        async with turnstile.place("a") as place:
            await place.run(work)

    async def story():
        turnstile = Turnstile(1, 5, 60)
        task = asyncio.create_task(visit(turnstile))
        while not begun.is_set():
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        free = [turnstile._free]
        go.set()
        while not turnstile._free:
            await asyncio.sleep(0)
        return [*free, turnstile._free]

    assert asyncio.run(story()) == [0, 1]
