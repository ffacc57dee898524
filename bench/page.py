"""The page in a real browser against a bare Gradio page of the same parts: `python -m bench.page`.

The starter documents are taken into a folder for this run alone. Both pages are loaded in turn,
each time in a fresh context; times are wall-clock times of one machine, so only ratios count.
"""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import httpx
from gradio_client import Client
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "Welche Module hat das Programm Bildungskommunen?"
PEOPLE = 20
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
def running(command: list[str], ready: str) -> Iterator[None]:
    """Run a server for as long as it is needed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRADIO_ANALYTICS_ENABLED": "False"}
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 300
        while not answers(ready):
            if server.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{command[-1]} does not start")
            time.sleep(0.2)
        yield
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


def seconds_to_quote(page: Page) -> float:
    """Press a chip and wait for the marked quote."""
    started = time.perf_counter()
    page.locator("button.beleg").first.click()
    page.locator("#quelle mark").first.wait_for()
    seconds = time.perf_counter() - started
    page.keyboard.press("Escape")
    return seconds


def all_at_once() -> tuple[int, float, float]:
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


def measure(rounds: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        loads = [
            (seconds_to_field(browser, OURS), seconds_to_field(browser, BARE))
            for _ in range(rounds + 1)
        ][1:]
        ours, bare = (median(column) for column in zip(*loads, strict=True))
        print(
            f"first usable page: {ours / bare:.2f} times a bare page ({ours:.2f} s, {bare:.2f} s)"
        )

        page, plain = browser.new_page(), browser.new_page()
        page.goto(OURS)
        plain.goto(BARE)
        words, echoes, quotes = [], [], []
        for number in range(rounds):
            words.append(seconds_to_words(page, QUESTION, f"#runde-{number + 1} .antwort"))
            page.locator(f"#runde-{number + 1} .fuss").wait_for()
            quotes.append(seconds_to_quote(page))
            echoes.append(
                seconds_to_words(plain, f"Wort{number}", f"text=Wort{number} >> visible=true")
            )
        answer, echo, quote = median(words), median(echoes), median(quotes)
        print(f"question to first words: {answer / echo:.2f} times an echo ({answer:.2f} s)")
        print(f"chip to marked quote: {quote / echo:.2f} times an echo ({1000 * quote:.0f} ms)")
        browser.close()
    right, first, last = all_at_once()
    print(f"{PEOPLE} people at once: {right} answered, the last {last / first:.1f} times the first")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        serve = [sys.executable, str(ROOT / "app.py"), "serve", "--data", folder, "--port", "7986"]
        with (
            running(serve, f"{OURS}/readyz"),
            running([sys.executable, "-c", BARE_PAGE], BARE),
        ):
            measure(rounds)


if __name__ == "__main__":
    main()
