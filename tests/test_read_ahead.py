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

    with ReadAhead(range(5), work, workers=2, most=8) as done:
        assert list(done) == [0, 10, 20, 30, 40]


def test_no_more_than_a_few_are_read_before_they_are_asked_for():
    begun = []
    with ReadAhead(iter(range(1000)), begun.append, workers=2, most=4) as done:
        next(done)
    assert len(begun) <= 7  # one taken, four waiting, each worker had begun another


def test_leaving_drops_what_has_not_begun():
    begun, may_end = [], threading.Event()

    def work(number):
        begun.append(number)
        may_end.wait(30)

    with ReadAhead(range(100), work, workers=1, most=2) as done:
        threading.Timer(0, may_end.set).start()
        next(done)
    assert len(begun) <= 4


def test_problem_of_the_work_comes_out_where_its_result_would():
    def work(number):
        return 1 / number

    with ReadAhead([1, 0], work, workers=1, most=2) as done:
        assert next(done) == 1
        with pytest.raises(ZeroDivisionError):
            next(done)


def test_heavy_results_are_few_and_light_ones_many():
    def begun_ahead(weight):
        begun, enough = [], threading.Event()

        def work(number):
            begun.append(number)
            if len(begun) == 10:
                enough.set()

        with ReadAhead(range(100), work, workers=1, most=10, weigh=lambda _: weight) as done:
            next(done)
            enough.wait(0 if weight > 1 else 30)
        return len(begun)

    assert begun_ahead(weight=100) <= 2
    assert begun_ahead(weight=1) >= 10


def test_a_result_heavier_than_the_bound_stops_nobody():
    with ReadAhead(range(20), str, workers=2, most=1, weigh=lambda _: 5) as done:
        assert list(done) == [str(number) for number in range(20)]
