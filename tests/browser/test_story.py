"""A whole working day: every place without a mouse, and nothing of it left behind."""

import io
import logging
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from playwright.sync_api import expect
from sample_files import lines, pdf, scanned
from sample_library import library_assistant
from test_accessibility import violations

from commands.logs import log_to
from corpus.settings import Settings
from ingest.cage.drawing import PageDrawer
from ingest.pipeline import IngestRun
from ingest.readers.recognition import NoRecognition, program

CANARY = "Zibetkatzenkanarie"
STEPS = 120  # of the Tab key; more are no way to work


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("tag")


@pytest.fixture(scope="module")
def log():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    log_to(stream, requests=True)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture(scope="module")
def address(data, log, tmp_path_factory):
    assistant = library_assistant(data)
    scan = tmp_path_factory.mktemp("scan") / "aushang.pdf"
    scan.write_bytes(scanned(pdf([lines("Die Leseecke wird jeden Dienstag ausgebaut.")])))
    for _ in IngestRun([scan], settings=Settings(data=data), embedder=HashingEmbedder()):
        pass
    drawer = PageDrawer()
    with serve(lambda: assistant, Settings(data=data), images=drawer) as url:
        yield url
    drawer.close()


class Keyboard:
    """Moves and presses as somebody who has no mouse does."""

    def __init__(self, page):
        self._page = page

    def to(self, words):
        """Press Tab until what begins with these words, or is labelled so, has the focus."""
        for _ in range(STEPS):
            self._page.keyboard.press("Tab")
            name = self._page.evaluate(
                """() => { const one = document.activeElement;
                    const text = one.getAttribute('aria-label') || one.labels?.[0]?.textContent
                      || one.textContent; return text.replace(/\\s+/g, ' ').trim(); }"""
            )
            if name.startswith(words):
                return
        pytest.fail(f"the Tab key does not reach „{words}“")

    def choose(self, words):
        """Go to the next group of radio buttons and through it with the arrow keys."""
        while not self._page.evaluate("document.activeElement.type === 'radio'"):
            self._page.keyboard.press("Tab")
        self._page.keyboard.press("Space")
        for _ in range(STEPS):
            if words in self._page.evaluate("document.activeElement.labels[0].textContent"):
                return
            self._page.keyboard.press("ArrowDown")
        pytest.fail(f"there is no „{words}“ to choose")

    def press(self, words, key="Enter"):
        self.to(words)
        self._page.keyboard.press(key)

    def write(self, words, text):
        self.to(words)
        self._page.keyboard.type(text)
        self._page.keyboard.press("Enter")


def test_the_whole_job_in_every_place_is_done_without_a_mouse(open_page, address):
    page, watch = open_page(url=address)
    keys = Keyboard(page)
    keys.write("Ihre Frage", "Was ist DKBM?")
    page.locator("#runde-1 .fuss").wait_for()
    page.locator(".sprung").focus()
    keys.press("Beleg 1 anzeigen")
    expect(page.locator("#quelle mark")).to_be_visible()
    page.keyboard.press("Escape")
    keys.press("Merken")

    page.locator(".sprung").focus()
    keys.press("Quellen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quellen")
    keys.write("In den Dokumenten suchen", "Bildungsmonitoring")
    expect(page.locator("mark").first).to_be_visible()
    keys.press("Glossar")  # a kind among the facets
    expect(page.get_by_role("heading", name="in 1 Dokument")).to_be_focused()
    keys.press("Merken")
    expect(page.locator("[data-merkliste-anzahl]")).to_have_text("2")

    page.locator(".sprung").focus()
    keys.press("Merkliste")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merkliste")
    expect(page.locator("blockquote")).to_have_count(2)
    assert violations(page) == []
    keys.to("Word (DOCX)")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"

    page.locator(".sprung").focus()
    keys.press("Einstieg")
    expect(page.get_by_role("heading", level=1)).to_have_text("Einstieg")
    keys.press("8DKBM und Bildungsmonitoring")
    expect(page.get_by_role("heading", level=1)).to_have_text("DKBM und Bildungsmonitoring")
    keys.choose("freiwillige Aufgabe")
    keys.press("Prüfen")
    expect(page.locator(".urteil")).to_have_text("Richtig.")
    assert violations(page) == []
    keys.press("Station abschließen")
    page.goto(f"{address}/einstieg")
    expect(page.locator("#fortschritt")).to_have_text("1 von 12 Stationen abgeschlossen")
    assert watch.errors == []
    assert watch.foreign(address) == []


def test_a_conversation_leaves_no_trace_on_disk_or_in_the_log(open_page, address, ask, data, log):
    page, _ = open_page(url=address)
    page.get_by_role("button", name="Dokumente wählen").click()
    page.get_by_label("Liste filtern").fill(CANARY)
    page.get_by_role("button", name="Abbrechen").click()
    ask(page, "Was ist DKBM?")
    page.locator("button.beleg").first.click()
    expect(page.locator("#quelle mark")).to_be_visible()
    ask(page, f"Was ist DKBM, {CANARY}?")
    page.locator("#runde-2 .speichern summary").click()
    with page.expect_download() as download:
        page.locator("#runde-2 .vermerk[value=md]").click()
    assert CANARY in Path(download.value.path()).read_text("utf-8")
    page.locator("#runde-2 .hilfreich").click()
    expect(page.locator("#runde-2 .urteil-stand")).not_to_be_empty()
    page.goto(f"{address}/quellen?q={CANARY}")
    page.goto(f"{address}/{CANARY}")
    page.goto(f"{address}/?frage={CANARY}")

    files = [path for path in data.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []
    assert '"area"' in log.getvalue()
    assert CANARY not in log.getvalue()


def test_recognised_text_is_marked_beside_the_picture_of_its_page(open_page, address):
    try:
        program()
    except NoRecognition as error:
        pytest.skip(f"{error}")
    page, watch = open_page(url=f"{address}/quellen?q=Leseecke+Dienstag", ready="h1")
    page.get_by_role("link", name="Im Zusammenhang").first.click()
    expect(page.locator(".blatt-bild img")).to_be_visible()
    expect(page.get_by_text("Der Text dieser Stelle stammt aus Texterkennung.")).to_be_visible()
    expect(page.locator(".angaben").first).to_contain_text("aus Texterkennung")
    assert violations(page) == []
    assert watch.errors == []
