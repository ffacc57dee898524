"""A real browser for the tests: found where it is, an error with the remedy where it is not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browser_lookup import find_chromium
from live_server import serve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from scripted_assistant import ScriptedAssistant
from scripted_originals import keep_originals

from corpus.settings import Settings
from ingest.cage.drawing import PageDrawer

ARGUMENTS = [
    "--no-sandbox",
    "--host-resolver-rules=MAP lotse.example.de 127.0.0.1",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds; the machine may be busy


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def assistant() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep_originals(tmp_path_factory.mktemp("daten"))


@pytest.fixture(scope="session")
def address(assistant: ScriptedAssistant, data_folder: Path) -> Iterator[str]:
    settings = Settings(data=data_folder)
    drawer = PageDrawer()
    with serve(lambda: assistant, settings, images=drawer) as url:
        yield url
    drawer.close()


@dataclass
class Watch:
    """What a page did besides showing itself."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def foreign(self, address: str) -> list[str]:
        return [url for url in self.requests if not url.startswith((address, "data:", "blob:"))]

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


OpenPage = Callable[..., tuple[Page, Watch]]


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []

    def open_one(
        *,
        url: str = address,
        ready: str = "textarea",
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        headers: dict[str, str] | None = None,
    ) -> tuple[Page, Watch]:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="de-DE",
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            extra_http_headers=headers,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch, page = Watch(), context.new_page()
        page.on("request", lambda request: watch.requests.append(request.url))
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        page.on("console", watch.on_console)
        page.on("dialog", lambda dialog: (watch.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(url)
        page.locator(ready).first.wait_for()
        return page, watch

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def ask() -> Callable[[Page, str], None]:
    """Type a question, send it with Enter and wait for the end of the answer."""

    def ask_one(page: Page, question: str) -> None:
        before = page.locator(".runde").count()
        page.get_by_label("Ihre Frage").fill(question)
        page.keyboard.press("Enter")
        page.locator(".runde").nth(before).locator(".fuss").wait_for()

    return ask_one
