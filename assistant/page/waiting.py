"""What the page says while there is no answer yet, on the screen and aloud."""

from assistant.access.turnstile import Standing
from assistant.page.conversation import Turn
from assistant.wording.words import Words

SPOKEN_STEP = 5  # people


def waiting_words(turn: Turn, words: Words) -> tuple[str, str]:
    """Return what is shown and what a screen reader says.

    Many who wait are counted aloud in steps, so that nobody has to hear each of them leave.
    """
    if turn.stage != "queued" or turn.standing is None:
        text = words.waiting if turn.stage == "loading" else words.searching
        return text, text
    shown = _before(turn.standing, words)
    people = turn.standing.people
    if people <= SPOKEN_STEP:
        return shown, shown
    step = (people - 1) // SPOKEN_STEP * SPOKEN_STEP
    return shown, words.many_before.format(count=step)


def _before(standing: Standing, words: Words) -> str:
    if standing.people > 1:
        return words.some_before.format(count=standing.people)
    if standing.people == 1:
        return words.one_before
    return words.next_in_line if standing.position == 1 else words.own_before
