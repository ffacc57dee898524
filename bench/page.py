"""The page in a real browser against a bare Gradio page of the same parts: `python -m bench.page`.

The starter documents and one PDF are taken into a folder for this run alone. Both pages are loaded
in turn, each time in a fresh context; times are wall-clock times of one machine.
"""

import argparse
import contextlib
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import httpx
import pypdfium2 as pdfium
from gradio_client import Client
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "Welche Module hat das Programm Bildungskommunen?"
IN_A_PDF = "Wie hoch ist die Musterpauschale für ein Lernhaus?"
PDF_LINES = (
    "Merkblatt zur Musterpauschale für Lernhäuser",
    "Die Musterpauschale für ein Lernhaus beträgt 4.711 Euro im Jahr.",
    "Die Musterpauschale wird auf Antrag des Landkreises gezahlt.",
)
PEOPLE, WAVES = 20, 3
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "GRADIO_ANALYTICS_ENABLED": "False"}
OURS, BARE = "http://127.0.0.1:7986", "http://127.0.0.1:7987"
# As many components of each kind as the page has, as deep, with Gradio's own looks.
BARE_PAGE = """
import gradio as gr
with gr.Blocks(analytics_enabled=False) as page:
    gr.State(); gr.Timer(1.0, active=False)
    with gr.Row():
        gr.Markdown("Text"); gr.Button("a")
    gr.Markdown("Text"); gr.Markdown("Text")
    with gr.Row():
        with gr.Column():
            with gr.Column(), gr.Row():
                for n in range(3):
                    with gr.Column():
                        gr.Markdown("Text"); gr.Button(str(n)); gr.Button(str(n))
            for _ in range(4): gr.Markdown("Text")
            with gr.Column():
                with gr.Row():
                    field = gr.Textbox(label="Frage"); gr.Button("a"); gr.Button("b", visible=False)
                with gr.Row():
                    gr.Textbox(); gr.Button("c", visible=False); gr.Button("d", visible=False)
        with gr.Column():
            shown = gr.Markdown()
    gr.Markdown("Text")
    field.submit(lambda text: text, field, shown)
page.queue().launch(server_port=7987, quiet=True, ssr_mode=False, footer_links=[])
"""


@contextlib.contextmanager
def running(command: list[str], ready: str) -> Iterator[int]:
    """Run a server for as long as it is needed; give its process id."""
    server = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 300
        while not answers(ready):
            if server.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{command[-1]} does not start")
            time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def seconds_to_field(browser: Browser, address: str) -> float:
    """Load a page in a fresh context until a question can be typed."""
    context = browser.new_context()
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address)
    page.locator("textarea").first.fill("x")
    seconds = time.perf_counter() - started
    context.close()
    return seconds


def seconds_to_words(page: Page, typed: str, shown: str) -> float:
    """Send what is typed and wait for the first words that come back."""
    page.locator("textarea").first.fill(typed)
    started = time.perf_counter()
    page.keyboard.press("Enter")
    page.locator(shown).last.wait_for()
    return time.perf_counter() - started


# From the press to the frame that shows the mark, on a picture where there is one. Playwright's own
# waiting looks too rarely for times that are this short.
WATCH_PRESS = """() => { window.shown = new Promise((done) => {
  const isSeen = () => {
    const picture = document.querySelector('#quelle .blatt-bild img');
    const mark = document.querySelector(picture ? '#quelle .blatt-bild rect' : '#quelle mark');
    return mark?.getBoundingClientRect().width > 0 && (!picture || picture.naturalWidth > 0); };
  addEventListener('pointerdown', ({ timeStamp }) => {
    const look = () => {
      if (!isSeen()) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => done(performance.now() - timeStamp))); };
    look(); }, { once: true, capture: true }); }); }"""


def seconds_to_quote(page: Page, round_number: int, chip: int) -> float:
    """Press a chip of an answer with the mouse and wait until the marked quote is shown."""
    target = page.locator(f"#runde-{round_number} button.beleg").nth(chip)
    target.evaluate("(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.evaluate("new Promise((done) => requestIdleCallback(done, { timeout: 1000 }))")
    box = target.bounding_box()
    assert box is not None
    page.evaluate(WATCH_PRESS)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    milliseconds = page.evaluate("window.shown")
    page.locator("#quelle-titel").focus()
    page.keyboard.press("Escape")
    page.mouse.move(0, 0)
    return float(milliseconds) / 1000


def write_pdf(path: Path) -> None:
    """Write a page with a sentence that answers a question."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(595, 842)
    font = pdfium.raw.FPDFText_LoadStandardFont(document, b"Helvetica")
    for number, text in enumerate(PDF_LINES):
        line = pdfium.raw.FPDFPageObj_CreateTextObj(document, font, 11)
        wide = (text + "\0").encode("utf-16-le")
        pdfium.raw.FPDFText_SetText(line, ctypes.cast(wide, ctypes.POINTER(pdfium.raw.FPDF_WCHAR)))
        pdfium.raw.FPDFPageObj_Transform(line, 1, 0, 0, 1, 70, 760 - 30 * number)
        pdfium.raw.FPDFPage_InsertObject(page, line)
    page.gen_content()
    document.save(path)


def wave() -> tuple[int, float, float]:
    """Let many people ask at once; return how many got an answer, and the first and last time."""
    clients = [Client(OURS, verbose=False, analytics_enabled=False) for _ in range(PEOPLE)]
    started = time.perf_counter()

    def ask(client: Client) -> tuple[bool, float]:
        answer = client.predict(QUESTION, api_name="/ask")
        return "Modul 1" in str(answer), time.perf_counter() - started

    with ThreadPoolExecutor(PEOPLE) as pool:
        done = list(pool.map(ask, clients))
    times = [seconds for _, seconds in done]
    return sum(is_right for is_right, _ in done), min(times), max(times)


def peak_of(process: int) -> int:
    """Return the most memory that a process has held, in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def print_opening(browser: Browser, rounds: int) -> None:
    loads = [
        (seconds_to_field(browser, OURS), seconds_to_field(browser, BARE))
        for _ in range(rounds + 1)
    ][1:]
    ours, bare = (median(column) for column in zip(*loads, strict=True))
    print(f"first usable page: {ours / bare:.2f} times a bare page ({ours:.2f} s, {bare:.2f} s)")


def print_asking(browser: Browser, rounds: int) -> None:
    page, plain = browser.new_page(), browser.new_page()
    page.goto(OURS)
    plain.goto(BARE)
    times: dict[str, list[float]] = defaultdict(list)
    for number in range(1, 2 * rounds, 2):
        shown = f"#runde-{number} .antwort:not(.sucht)"
        times["words"].append(seconds_to_words(page, QUESTION, shown))
        page.locator(f"#runde-{number} .fuss").wait_for()
        times["first"].append(seconds_to_quote(page, number, 0))
        times["other"].append(seconds_to_quote(page, number, -1))
        seconds_to_words(page, IN_A_PDF, f"#runde-{number + 1} .fuss")
        times["pdf"].append(seconds_to_quote(page, number + 1, 0))
        echo = f"text=Wort{number} >> visible=true"
        times["echo"].append(seconds_to_words(plain, f"Wort{number}", echo))
    middle = {name: median(values) for name, values in times.items()}
    print(
        f"question to first words: {middle['words'] / middle['echo']:.2f} times an echo "
        f"({middle['words']:.2f} s)"
    )
    for name, what in (("first", "first chip"), ("other", "last chip"), ("pdf", "chip of a PDF")):
        print(
            f"{what} to marked quote: {1000 * middle[name]:.0f} ms, the slowest "
            f"{1000 * max(times[name]):.0f} ms"
        )


def print_crowd(server: int) -> None:
    before = peak_of(server)
    for _ in range(WAVES):
        right, first, last = wave()
        print(
            f"{PEOPLE} people at once: {right} answered, the last {last / first:.1f} times the "
            f"first, memory of the server at its peak {peak_of(server)} MB ({before} before)"
        )


def measure(rounds: int, server: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        print_opening(browser, rounds)
        print_asking(browser, rounds)
        browser.close()
    print_crowd(server)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        data, merkblatt = Path(folder) / "daten", Path(folder) / "merkblatt.pdf"
        write_pdf(merkblatt)
        product = [sys.executable, str(ROOT / "app.py")]
        ingest = [*product, "ingest", "--data", str(data), "--with-library", str(merkblatt)]
        subprocess.run(ingest, check=True, capture_output=True, env=ENVIRONMENT)
        serve = [*product, "serve", "--data", str(data), "--port", "7986"]
        with (
            running(serve, f"{OURS}/readyz") as server,
            running([sys.executable, "-c", BARE_PAGE], BARE),
        ):
            measure(rounds, server)


if __name__ == "__main__":
    main()
