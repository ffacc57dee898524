"""A person uses the page in a browser, behind nginx with TLS, below a path."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from nginx_proxy import NAME, NGINX, PATH, proxied
from playwright.sync_api import Browser, Page
from sample_passages import PASSAGES, build

from assistant.access.users import UserFile
from assistant.dialogue import Assistant
from corpus.settings import Settings

PASSWORD = "drei zufällige Wörter"
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """Open the page under its name at the proxy; only the certificate is trusted blindly."""
    data = tmp_path / "daten"
    build(data, HashingEmbedder(), PASSAGES)
    UserFile(data).add("lena", PASSWORD, "reader")
    settings = Settings(data=data, hosts=NAME, root_path=PATH)
    with (
        serve(lambda: Assistant(data, HashingEmbedder()), settings) as service,
        proxied(tmp_path, service) as (_, port),
    ):
        context = chromium.new_context(ignore_https_errors=True, locale="de-DE")
        context.set_default_timeout(60_000)
        one = context.new_page()
        one.goto(f"https://{NAME}:{port}{PATH}/")
        yield one
        context.close()


def test_every_place_answers_below_the_path(page: Page, ask: Callable[[Page, str], None]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Name").fill("lena")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    ask(page, "Wie hoch ist die Förderquote?")
    page.locator("button.beleg").first.click()
    page.locator("#quelle mark").first.wait_for()
    for place in ("Quellen", "Einstieg", "Fragen"):
        page.get_by_role("link", name=place, exact=True).first.click()
        page.get_by_role("heading", level=1).first.wait_for()
        assert f"{PATH}/" in page.url
    assert asked
    assert [url for url in asked if f"{NAME}:" in url and f"{PATH}/" not in url] == []
