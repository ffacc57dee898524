"""Whose turn it is: few at a time, people in turn, nobody lost."""

import asyncio

import pytest

from assistant.api.turnstile import MOST_WAITING_EACH, Crowded, Turnstile


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


class Crowd:
    """People who hold their turn until they are let go."""

    def __init__(self, turnstile):
        self.turnstile = turnstile
        self.order = []
        self.positions = {}
        self.go = {}
        self.tasks = {}

    def comes(self, key, name):
        self.go[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._visit(key, name))

    async def _visit(self, key, name):
        def waits(position):
            self.positions[name] = position

        async with self.turnstile.turn(key, waits):
            self.order.append(name)
            await self.go[name].wait()


def test_people_take_turns_however_many_questions_one_has():
    async def story():
        crowd = Crowd(Turnstile(1, 20))
        for key, name in (("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1")):
            crowd.comes(key, name)
            await settle()
        for name in ("a1", "a2", "b1", "c1", "a3"):
            crowd.go[name].set()
            await settle()
        return crowd

    crowd = asyncio.run(story())
    assert crowd.order == ["a1", "a2", "b1", "c1", "a3"]
    assert crowd.positions == {"a2": 1, "a3": 2, "b1": 2, "c1": 3}


def test_no_more_than_allowed_are_inside():
    async def story():
        crowd = Crowd(Turnstile(2, 20))
        for n in range(4):
            crowd.comes(str(n), n)
        await settle()
        first = list(crowd.order)
        crowd.go[0].set()
        await settle()
        return first, crowd.order

    assert asyncio.run(story()) == ([0, 1], [0, 1, 2])


def test_who_gives_up_while_waiting_or_when_called_blocks_nobody():
    async def story():
        turnstile = Turnstile(1, 20)
        crowd = Crowd(turnstile)
        for name in ("a", "b", "c", "d"):
            crowd.comes(name, name)
            await settle()
        crowd.tasks["b"].cancel()
        await settle()
        crowd.go["a"].set()
        crowd.tasks["c"].cancel()  # at the moment its turn comes
        await settle()
        crowd.go["d"].set()
        await settle()
        return crowd.order, turnstile.waiting, turnstile._free

    assert asyncio.run(story()) == (["a", "d"], 0, 1)


def test_a_failure_inside_gives_the_turn_back():
    async def story():
        turnstile = Turnstile(1, 1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with turnstile.turn("a"):
                    raise ZeroDivisionError
        return turnstile._free

    assert asyncio.run(story()) == 1


@pytest.mark.parametrize(("each", "most"), [(MOST_WAITING_EACH, 100), (3, 3)])
def test_too_many_are_turned_away(each, most):
    async def story():
        turnstile = Turnstile(1, most)
        crowd = Crowd(turnstile)
        for n in range(each + 1):
            crowd.comes("a", n)
        await settle()
        with pytest.raises(Crowded):
            async with turnstile.turn("a"):
                pass
        for task in crowd.tasks.values():
            task.cancel()

    asyncio.run(story())
