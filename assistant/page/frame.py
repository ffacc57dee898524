"""The fixed parts of *Fragen* as HTML: head, notice, welcome, banner, foot, words to be said."""

from collections.abc import Mapping

from assistant.answers import LanguageModel
from assistant.page.escaping import escape, escape_message
from assistant.page.quellen.words import DESK_WORDS, collecting_said
from assistant.page.shell import Visit, render_html
from assistant.page.shell_text import SHELL_WORDS
from assistant.warmup import Warmup
from assistant.wording.words import Words


def render_head(words: Words, *, has_session: bool = False) -> str:
    """Render skip link and the header of every place; the script takes the language from it."""
    header = _part("kopf.html", words, has_session=has_session)
    return (
        f'<a class="sprung" href="#frage">{escape(words.skip)}</a>{header}'
        f'<h1 class="sr-only">{escape(SHELL_WORDS[words.language].tagline)}</h1>'
    )


def render_foot(words: Words) -> str:
    """Render the footer of every place."""
    return _part("fuss.html", words)


def render_notice(
    words: Words, model: LanguageModel | None = None, embedding_host: str = ""
) -> str:
    """Say that this is an AI system, where answers come from and where they are made."""
    detail, place = words.ai_detail, "" if embedding_host else words.local_notice
    if model:
        detail = words.writing_detail.format(model=model.name)
        place = words.writing_elsewhere if model.host else words.writing_here
        place = place.format(host=model.host)
        if embedding_host and not model.host:
            place = ""  # something does leave this machine
    if embedding_host:
        place = f"{place} {words.searching_elsewhere.format(host=embedding_host)}".strip()
    return (
        f'<div class="ki-hinweis"><p><strong>{escape(words.ai_notice)}</strong> '
        f"{escape(detail)} {escape(place)}</p></div>"
    )


def render_welcome(words: Words) -> str:
    """Render what is seen before the first question."""
    return (
        f'<div class="willkommen"><h2>{escape(words.welcome)}</h2>'
        f"<p>{escape(words.welcome_detail)}</p></div>"
    )


def render_group(name: str) -> str:
    """Render the heading over the example questions of one kind of user."""
    return f"<h3>{escape(name)}</h3>"


def render_banner(warmup: Warmup, words: Words) -> str:
    """Say that the model is being loaded, or that it could not be; nothing when it is there."""
    if warmup.status == "ready":
        return ""
    if warmup.error is not None:
        return (
            f'<div class="banner fehler" role="alert"><p lang="de"><strong>'
            f"{escape_message(warmup.error.message)}</strong> "
            f"{escape_message(warmup.error.hint)}</p></div>"
        )
    # Outside of the status: a screen reader would say every second how far it is.
    now = warmup.progress
    progress = f'<p class="schritt" lang="de">{escape(now.text)}</p>' if now else ""
    return (
        f'<div class="banner laedt"><p role="status"><strong>{escape(words.loading)}.</strong> '
        f"{escape(words.loading_detail)}</p>{progress}</div>"
    )


def render_hint(words: Words) -> str:
    """Render how to use the question field, and the place of its counter."""
    return f'<p><span>{escape(words.question_hint)}</span> <span id="zaehler"></span></p>'


def render_choice(chosen: Mapping[str, str], words: Words) -> str:
    """Say which documents are asked, with the button that opens the choice."""
    titles = list(chosen.values())
    if not titles:
        said = words.in_all
    elif len(titles) == 1:
        said = words.in_one.format(title=titles[0])
    else:
        said = words.in_some.format(count=len(titles))
    return (
        f'<p class="gewaehlt"><span>{escape(said)}</span> '
        f'<button type="button" class="waehlen">{escape(words.choose)}</button></p>'
    )


def render_spoken(words: Words) -> str:
    """Render the words that the script has to say."""
    spoken = {
        "laden": words.panel_loading,
        "fehler": words.panel_failed,
        "kopiert": words.copied,
        "nicht-kopiert": words.copy_failed,
        "zaehler": words.counter,
        "besetzt": words.busy,
        "getrennt": words.disconnected,
        "nicht-geklappt": words.error,
        "meldung-schliessen": words.close_message,
        **collecting_said(DESK_WORDS[words.language]),
    }
    texts = "".join(f'<span class="{key}">{escape(text)}</span>' for key, text in spoken.items())
    return f'<div id="texte" hidden>{texts}</div>'


def _part(template: str, words: Words, *, has_session: bool = False) -> str:
    """Render a part of the shell; addresses count from the page, so no root need be known.

    `gr.Markdown` hands HTML on untouched as long as it holds no blank line.
    """
    reader = Visit(words.language, is_chosen=True, root=".", has_session=has_session)
    html = render_html(template, reader, place="fragen")
    return "".join(line for line in html.splitlines() if line.strip())
