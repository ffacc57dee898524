"""Pages are drawn in the cage: a crash costs one page, what comes back is checked and kept."""

import base64
import os

import pytest
from bombs import nested_flate
from sample_files import lines, pdf, with_password

from corpus.page_views import Quote
from ingest.cage import drawing
from ingest.cage.drawing import PageDrawer, PageNotShown, picture_in
from ingest.cage.protocol import DrawOrder, ReadOrder, ViewOrder, order_line, parse_order

TEXT = "Antragsberechtigt sind Kreise."


@pytest.fixture(scope="module")
def drawer():
    made = PageDrawer()
    yield made
    made.close()


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "größe.pdf"
    file.write_bytes(pdf([lines(TEXT), lines("Zwei")]))
    return file


def test_a_page_comes_back_as_picture_with_its_marks(drawer, path):
    assert drawer.draw(path, 1, 72).startswith(b"\x89PNG")
    view = drawer.view(path, 1, Quote(TEXT, 0, len(TEXT)))
    assert view.pages == 2
    assert len(view.marks) == 1
    assert drawer.view(path, 2, Quote(TEXT, 0, len(TEXT))).marks == ()


def test_what_was_drawn_is_kept_within_a_bound(drawer, path, monkeypatch):
    kept = drawing._Kept(10, len)
    for name in ("a", "b", "c"):
        kept.put(name, b"1234")
    assert [kept.get(name) for name in ("a", "b", "c")] == [None, b"1234", b"1234"]
    kept.put("groß", b"12345678901")
    assert kept.get("groß") is None
    first = drawer.draw(path, 1, 72)
    path.unlink()
    assert drawer.draw(path, 1, 72) is first


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"kein PDF", id="no PDF"),
        pytest.param(with_password(pdf([lines("x")]), user="geheim"), id="password"),
        pytest.param(
            nested_flate(), id="bomb", marks=pytest.mark.skipif(os.name == "nt", reason="no limits")
        ),
    ],
)
def test_a_page_that_cannot_be_drawn_is_one_error_and_the_next_one_works(
    drawer, tmp_path, path, content
):
    bad = tmp_path / "schlecht.pdf"
    bad.write_bytes(content)
    for _ in range(2):
        with pytest.raises(PageNotShown):
            drawer.draw(bad, 1, 72)
    with pytest.raises(PageNotShown):
        drawer.view(path, 99)
    assert drawer.view(path, 2).pages == 2


def test_a_lost_process_has_a_successor_before_anyone_waits(tmp_path):
    (tmp_path / "schlecht.pdf").write_bytes(b"kein PDF")
    drawer = PageDrawer()
    with pytest.raises(PageNotShown):
        drawer.draw(tmp_path / "schlecht.pdf", 1, 72)
    assert len(drawer._stock._idle) == 1
    drawer.close()
    with pytest.raises(PageNotShown):
        drawer.draw(tmp_path / "anderes.pdf", 1, 72)
    assert drawer._stock._idle == []


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<script>",
        base64.b64encode(b"<svg onload=alert(1)>" * 3),
        base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 16),
        base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\xff\xff\xff\0\0\0\x01"),
        base64.b64encode(b"<svg    \0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01"),
        base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\x0dtEXt\0\0\0\x01\0\0\0\x01"),
    ],
)
def test_what_is_no_picture_is_not_passed_on(answer):
    with pytest.raises(ValueError, match="no picture"):
        picture_in(answer)


@pytest.mark.parametrize(
    "order",
    [
        ReadOrder("a\udcff.pdf", True, False),
        DrawOrder("ä.pdf", 3, 144),
        ViewOrder("a.pdf", 1, None),
        ViewOrder("a.pdf", 1, Quote("Grüße\n", 0, 5)),
    ],
)
def test_orders_survive_the_way(order):
    line = order_line(order)
    assert line.count(b"\n") == 1
    assert parse_order(line) == order
