import io

import pytest

from commands.progress import ProgressDisplay
from corpus.progress import LatestProgress, Progress, Stage


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def at(done, total=100, seconds=10.0):
    return Progress("Dokumente einlesen", "Dokumente", done, total, seconds)


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (at(0), "Dokumente einlesen: 0 von 100"),
        (at(3, seconds=0.5), "Dokumente einlesen: 3 von 100"),
        (at(25), "Dokumente einlesen: 25 von 100 (2,5 Dokumente je Sekunde, noch etwa 30 s)"),
        (at(2), "Dokumente einlesen: 2 von 100 (12 Dokumente je Minute, noch etwa 8 min)"),
        (at(1, 1000), "Dokumente einlesen: 1 von 1000 (6,0 Dokumente je Minute, noch etwa 2,8 h)"),
        (at(100), "Dokumente einlesen: 100 von 100"),
    ],
)
def test_line_says_how_fast_and_how_long(progress, text):
    assert progress.text == text


def test_stage_counts_up_and_measures_its_own_time():
    clock, seen = Clock(), []
    stage = Stage("Index bauen", "Passagen", 10, seen.append, clock)

    clock.now += 4
    stage.advance()
    stage.advance(3)
    stage.reach(10)

    assert [one.done for one in seen] == [1, 4, 10]
    assert seen[-1].rate == 2.5
    assert seen[-1].remaining_seconds == 0


def test_what_comes_one_by_one_is_named():
    seen = []
    Stage("Texterkennung in scan.pdf", "Seiten", 0, seen.append, one="Seite").reach(3, 40)

    assert seen[0].text == "Texterkennung in scan.pdf: Seite 3 von 40"


def test_stages_that_go_on_at_once_take_no_lines_from_each_other():
    clock, stream = Clock(), io.StringIO()

    with ProgressDisplay(stream, clock) as show:
        for done in range(1, 11):
            clock.now += 1
            for stage in ("Dateien lesen", "Passagen einbetten"):
                show(Progress(stage, "Dateien", done, 100, 1.0))

    assert len(stream.getvalue().splitlines()) == 2


def test_a_scan_takes_its_bar_along_when_it_is_done():
    stream = Terminal()

    with ProgressDisplay(stream) as show:
        show(Progress("Texterkennung", "Seiten", 1, 2, 1.0, "Seite"))
        show(Progress("Texterkennung", "Seiten", 2, 2, 2.0, "Seite"))
        assert [task.visible for task in show._bar.tasks] == [False]


def test_without_a_terminal_a_line_comes_at_begin_end_and_every_ten_seconds():
    clock, stream = Clock(), io.StringIO()

    with ProgressDisplay(stream, clock) as show:
        for done in range(1, 101):
            clock.now += 1
            show(at(done, seconds=float(done)))

    numbers = [int(line.split()[2]) for line in stream.getvalue().splitlines()]
    assert numbers == [*range(1, 100, 10), 100]


def test_in_a_terminal_it_is_one_bar_with_rate_and_remaining_time():
    stream = Terminal()

    with ProgressDisplay(stream) as show:
        show(at(25))

    shown = stream.getvalue()
    assert "25 von 100" in shown
    assert "noch etwa 30 s" in shown


def test_nothing_is_written_where_nothing_is_reported():
    stream = io.StringIO()

    with ProgressDisplay(stream):
        pass

    assert stream.getvalue() == ""


def test_terminal_is_left_in_order_when_the_run_is_interrupted():
    stream = Terminal()

    def interrupted():
        with ProgressDisplay(stream) as show:
            show(at(25))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    hide, appear = "\x1b[?25l", "\x1b[?25h"
    assert stream.getvalue().count(hide) == stream.getvalue().count(appear)


def test_whoever_looks_in_sees_the_newest_moment():
    latest = LatestProgress()
    assert latest.now is None
    stage = Stage("Dokumente einlesen", "Dokumente", 3, latest)
    stage.advance()
    assert latest.now.text == "Dokumente einlesen: 1 von 3"
