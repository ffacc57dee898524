"""Somebody takes documents in on the page, watches, stops, and finds them; the machine is real."""

import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from playwright.sync_api import expect
from sample_passages import build
from scripted_assistant import ScriptedAssistant
from scripted_intake import ScriptedIntake
from scripted_sync import GUARDED, ScriptedSync
from test_accessibility import violations

from assistant.access.users import UserFile
from assistant.dialogue import Assistant
from commands.comparing import DeskSync
from commands.intake import UploadIntake
from corpus.settings import Settings

PASSWORD = "drei zufällige Wörter"
BUS = "# Lesemobil\n\nDas Lesemobil fährt jeden Mittwoch durch die Dörfer.\n"


@pytest.fixture
def real(tmp_path):
    """Serve a real index that real files are taken into."""
    build(tmp_path / "daten", HashingEmbedder())
    (tmp_path / "ablage").mkdir()
    settings = Settings(data=tmp_path / "daten", sync_folders=(tmp_path / "ablage",))
    embedder = HashingEmbedder()
    intake = UploadIntake(settings, lambda: embedder)
    sync = DeskSync(settings, lambda: embedder)
    with serve(
        lambda: Assistant(settings.data, embedder), settings, intake=intake, sync=sync
    ) as url:
        yield url


@pytest.fixture
def intake():
    return ScriptedIntake()


@pytest.fixture
def sync():
    return ScriptedSync()


@pytest.fixture
def scripted(intake, sync, tmp_path):
    with serve(ScriptedAssistant, Settings(data=tmp_path), intake=intake, sync=sync) as url:
        yield url


@pytest.fixture
def files(tmp_path):
    made = {"lesemobil.md": BUS, "leer.md": "", "<b>fett.md": BUS.replace("Mittwoch", "Freitag")}
    for name, text in made.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [str(tmp_path / name) for name in made]


def test_documents_are_taken_in_and_found_without_a_restart(open_page, real, files):
    page, watch = open_page(url=f"{real}/quellen", ready="h1")
    page.get_by_role("link", name="Aufnehmen").press("Enter")
    page.get_by_label("Dateien").set_input_files(files)
    page.get_by_role("button", name="Aufnehmen").press("Enter")
    expect(page.get_by_role("heading", name="Fertig")).to_be_visible(timeout=60_000)
    rows = page.locator(".dateien li")
    expect(rows.nth(0)).to_contain_text("neu")
    expect(rows.nth(1)).to_contain_text("leer/gescannt")
    expect(rows.nth(2)).to_contain_text("_b_fett.md")
    page.reload()
    expect(page.get_by_role("heading", name="Fertig")).to_be_visible()
    page.get_by_role("link", name="Zum Bestand").click()
    page.get_by_label("In den Dokumenten suchen").fill("Lesemobil Mittwoch")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Lesemobil", exact=True).first).to_be_visible()
    assert watch.errors == []
    assert watch.foreign(real) == []


def test_a_document_is_removed_with_a_receipt(open_page, real):
    page, watch = open_page(url=f"{real}/quellen/dokument/kontakte", ready="h1")
    page.get_by_role("link", name="Dokument entfernen").press("Enter")
    assert violations(page) == []
    page.get_by_role("link", name="Nicht entfernen").press("Enter")
    page.get_by_role("link", name="Dokument entfernen").press("Enter")
    page.get_by_role("button", name="Endgültig entfernen").press("Enter")
    expect(page.get_by_role("heading", name="Fertig")).to_be_visible()
    expect(page.get_by_text("in 0 etwas gefunden")).to_be_visible()
    page.goto(f"{real}/quellen?q=Lena+Beispiel")
    expect(page.get_by_role("heading", name="Keine Fundstelle")).to_be_visible()
    assert watch.errors == []


def test_documents_are_taken_in_without_script(chromium, real, files):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(f"{real}/quellen/aufnehmen")
    page.get_by_label("Dateien").set_input_files(files[0])
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_role("heading", name="Fertig")).to_be_visible(timeout=60_000)
    context.close()


def test_a_job_is_watched_left_and_stopped_by_keyboard(open_page, scripted, intake, files):
    intake.go_on.clear()
    page, _ = open_page(url=f"{scripted}/quellen/aufnehmen", ready="h1")
    page.get_by_label("Dateien").set_input_files(files)
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.locator(".dateien li").first).to_contain_text("in Arbeit")
    assert violations(page) == []
    page.get_by_role("link", name="Weitere Dokumente aufnehmen").click()
    page.get_by_role("link", name="Auftrag mit 3 Dateien").click()
    stop = page.get_by_role("button", name="Anhalten")
    stop.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Wird angehalten")).to_be_visible()
    intake.go_on.set()
    expect(page.get_by_role("heading", name="Angehalten")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Angehalten")
    expect(page.get_by_text("Am Bestand hat sich nichts geändert.")).to_be_visible()
    assert intake.taken == []


def test_a_folder_is_compared_and_made_true_by_keyboard(open_page, real, tmp_path):
    folder = tmp_path / "ablage"
    for name, text in {"bus.md": BUS, "rad.md": BUS.replace("mobil", "rad")}.items():
        (folder / name).write_text(text, "utf-8")

    def compare():
        page.get_by_role("button", name="Vergleichen").press("Enter")
        expect(page.get_by_role("heading", name="Fertig")).to_be_visible()
        expect(page.get_by_text("Noch ist nichts geändert.")).to_be_visible()

    page, watch = open_page(url=f"{real}/quellen/aufnehmen", ready="h1")
    compare()
    expect(page.get_by_text("2 neu, 0 geändert, 0 entfallen, 0 unverändert")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Anwenden").press("Enter")
    expect(page.locator(".dateien li")).to_have_text(["bus.md neu", "rad.md neu"])
    expect(page.get_by_role("heading", name="Fertig")).to_be_visible()

    (folder / "bus.md").unlink()
    page.get_by_role("link", name="Weitere Dokumente aufnehmen").press("Enter")
    compare()
    expect(page.locator(".namen")).to_have_text("bus.md")
    expect(page.locator(".warnung")).to_contain_text("1 von 2 Dokumenten entfallen")
    assert violations(page) == []
    apply = page.get_by_role("button", name="Anwenden")
    apply.press("Enter")
    expect(apply).to_be_visible()  # the browser wants the box to be ticked
    page.get_by_label("Ja, diese Dokumente sollen entfallen.").press("Space")
    apply.press("Enter")
    expect(page.locator(".dateien li")).to_have_text(["bus.md entfernt"])
    page.goto(f"{real}/quellen?q=Leserad")
    expect(page.get_by_role("heading", name="in 1 Dokument")).to_be_visible()
    assert watch.errors == []
    assert watch.foreign(real) == []


def test_a_comparison_is_watched_and_left_without_a_change(open_page, scripted, sync):
    sync.plan = GUARDED
    sync.go_on.clear()
    page, _ = open_page(url=f"{scripted}/quellen/aufnehmen", ready="h1")
    page.get_by_role("checkbox", name="Amtliche Seiten").check()
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.get_by_text("Dateien vergleichen: 4 von 8")).to_be_visible()
    assert violations(page) == []
    sync.go_on.set()
    expect(page.locator(".warnung")).to_be_visible()
    page.get_by_role("link", name="Nichts ändern").click()
    expect(page.get_by_role("link", name="Vergleich")).to_be_visible()
    assert sync.applied == []


def test_too_many_and_too_large_files_are_refused_before_they_are_sent(
    open_page, scripted, intake, tmp_path
):
    page, watch = open_page(url=f"{scripted}/quellen/aufnehmen", ready="h1")
    many = [{"name": f"{n}.md", "mimeType": "text/markdown", "buffer": b"x"} for n in range(21)]
    page.get_by_label("Dateien").set_input_files(many)
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_role("alert")).to_have_text("Bitte höchstens 20 Dateien auswählen.")
    expect(page.get_by_label("Dateien")).to_be_focused()
    large = tmp_path / "gross.md"
    with large.open("wb") as file:
        file.truncate(51 * 2**20)
    page.get_by_label("Dateien").set_input_files(large)
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_role("alert")).to_have_text("„gross.md“ ist zu groß.")
    assert intake.contents == {}
    assert [url for url in watch.requests if "auftrag" in url] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_every_state_is_accessible(open_page, scripted, files, scheme, width):
    page, _ = open_page(url=f"{scripted}/quellen/aufnehmen", ready="h1", width=width, scheme=scheme)
    assert violations(page) == []
    kaputt = {"name": "kaputt.pdf", "mimeType": "application/pdf", "buffer": b"x"}
    page.get_by_label("Dateien").set_input_files([kaputt])
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_role("heading", name="Fertig")).to_be_visible()
    expect(page.locator(".dateien")).to_contain_text("Neu herunterladen.")
    assert violations(page) == []
    page.get_by_role("link", name="Weitere Dokumente aufnehmen").click()
    expect(page.get_by_role("heading", name="Aufträge seit dem Start")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{scripted}/quellen/auftrag/fort")
    assert violations(page) == []


def test_an_editor_takes_in_a_file_for_the_own_group_and_logs_out(
    open_page, intake, sync, tmp_path, files
):
    UserFile(tmp_path).add("kim", PASSWORD, "editor", ("Amt 40",))
    with serve(ScriptedAssistant, Settings(data=tmp_path), intake=intake, sync=sync) as url:
        page, watch = open_page(url=f"{url}/quellen/aufnehmen", ready="h1", width=320)
        page.get_by_label("Benutzername").fill("kim")
        page.get_by_label("Passwort").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_label("Dateien").set_input_files(files[0])
        page.get_by_label("Wer darf sie lesen?").select_option("Gruppe „amt 40“")
        assert violations(page) == []
        page.get_by_role("button", name="Aufnehmen").click()
        expect(page.get_by_role("heading", name="Fertig")).to_be_visible()
        assert intake.audiences == ["amt 40"]
        page.goto(url)
        page.locator("textarea").first.wait_for()
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        page.get_by_role("button", name="Abmelden").press("Enter")
        expect(page.get_by_label("Benutzername")).to_be_visible()
        page.goto(f"{url}/quellen")
        expect(page.get_by_label("Benutzername")).to_be_visible()
        assert watch.foreign(url) == []
