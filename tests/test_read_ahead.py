import threading

import pytest

from ingest.read_ahead import ReadAhead


def test_results_come_in_order_whoever_is_first():
    first_may_end = threading.Event()

    def work(number):
        if number == 0:
            first_may_end.wait(30)
        if number == 1:
            first_may_end.set()
        return number * 10

    with ReadAhead(range(5), work, workers=2) as done:
        assert list(done) == [0, 10, 20, 30, 40]


def test_no_more_than_a_few_are_read_before_they_are_asked_for():
    begun = []
    with ReadAhead(iter(range(1000)), begun.append, workers=2) as done:
        next(done)
    assert len(begun) <= 8


def test_leaving_drops_what_has_not_begun():
    begun, may_end = [], threading.Event()

    def work(number):
        begun.append(number)
        may_end.wait(30)

    with ReadAhead(range(100), work, workers=1) as done:
        threading.Timer(0, may_end.set).start()
        next(done)
    assert len(begun) <= 4


def test_problem_of_the_work_comes_out_where_its_result_would():
    def work(number):
        return 1 / number

    with ReadAhead([1, 0], work, workers=1) as done:
        assert next(done) == 1
        with pytest.raises(ZeroDivisionError):
            next(done)
