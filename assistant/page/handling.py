"""What can be done with an answer besides reading it: save it as a note, say what is wrong."""

from assistant.page.conversation import Turn
from assistant.page.escaping import escape
from assistant.page.handling_words import HANDLING_WORDS, HandlingWords
from assistant.wording.words import Language


def render_handling(turn: Turn, language: Language) -> str:
    """Render the controls below a finished answer; without its seal there are none.

    The seal lies in the page for `umgang.js`, which sends it where a control leads.
    """
    if not turn.sealed:
        return ""
    words = HANDLING_WORDS[language]
    return (
        f'<div class="umgang"><pre class="siegel" hidden>{escape(turn.sealed)}</pre>'
        f"{_saving(words.save, words)}{_judging(turn.number, words)}</div>"
    )


def render_saving_all(language: Language) -> str:
    """Render the controls that save the whole conversation."""
    words = HANDLING_WORDS[language]
    return f'<div class="umgang alle">{_saving(words.save_all, words)}</div>'


def _saving(label: str, words: HandlingWords) -> str:
    buttons = "".join(
        f'<button type="button" class="vermerk" value="{ending}">{escape(name)}</button>'
        for ending, name in words.formats.items()
    )
    return (
        f'<details class="speichern"><summary>{escape(label)}</summary>'
        f'<div class="auswahl">{buttons}</div></details>'
    )


def _judging(number: int, words: HandlingWords) -> str:
    reasons = "".join(
        f'<label><input type="radio" name="grund-{number}" value="{escape(reason)}"> '
        f"{escape(text)}</label>"
        for reason, text in words.reasons.items()
    )
    consent = (
        f'<label class="einwilligung"><input type="checkbox" class="mit-text"> '
        f"{escape(words.consent)}</label>"
    )
    return (
        f'<div class="urteil"><span class="gesendet" hidden>{escape(words.sent)}</span>'
        f'<span class="nicht-gesendet" hidden>{escape(words.failed)}</span>'
        f'<button type="button" class="hilfreich">{escape(words.helpful)}</button>'
        f'<details class="maengel"><summary>{escape(words.unhelpful)}</summary>'
        f"<fieldset><legend>{escape(words.why)}</legend>{reasons}</fieldset>{consent}"
        f'<button type="button" class="rueckmeldung">{escape(words.send)}</button></details>'
        f'<p class="urteil-stand" role="status"></p></div>'
    )
