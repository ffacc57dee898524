"""What can go wrong with a language model, as people are told: in German, with the next step."""

from enum import StrEnum

from corpus.errors import UserFacingError
from corpus.settings import Settings


class Problem(StrEnum):
    """Why there is no answer of the model."""

    UNREACHABLE = "unreachable"
    SILENT = "silent"
    STOPPED = "stopped"
    LONG = "long"
    REFUSED = "refused"
    MISSING = "missing"
    BUSY = "busy"
    FAILING = "failing"
    REDIRECT = "redirect"
    BROKEN = "broken"


_WORDS = {
    Problem.UNREACHABLE: (
        "ist unter {url} nicht erreichbar",
        "Läuft der Server, und stimmt `llm_url`?",
    ),
    Problem.SILENT: (
        "hat in {seconds:g} Sekunden nicht geantwortet",
        "Ein kleineres Modell wählen oder `llm_first_seconds` erhöhen.",
    ),
    Problem.STOPPED: ("hat mitten in der Antwort aufgehört", "Die Meldungen des Servers ansehen."),
    Problem.LONG: (
        "ist in {tokens} Tokens nicht fertig geworden",
        "`llm_max_tokens` erhöhen oder ein Modell wählen, das sich kurz fasst.",
    ),
    Problem.REFUSED: ("verweigert den Zugang ({status})", "Den Schlüssel prüfen (`llm_key`)."),
    Problem.MISSING: (
        "ist unter {url} nicht zu finden ({status})",
        "`llm_model` prüfen; die Adresse endet meist auf /v1.",
    ),
    Problem.BUSY: ("ist überlastet ({status})", "Später erneut fragen."),
    Problem.FAILING: ("meldet einen Fehler ({status})", "Die Meldungen des Servers ansehen."),
    Problem.REDIRECT: (
        "leitet auf eine andere Adresse um ({status}), der nicht gefolgt wird",
        "In `llm_url` die endgültige Adresse angeben.",
    ),
    Problem.BROKEN: (
        "hat etwas Unverständliches gesendet",
        "Ist `llm_url` ein OpenAI-kompatibler Endpunkt?",
    ),
}


class ModelUnavailable(UserFacingError):
    """The language model gave no answer that can be used."""


def unavailable(
    problem: Problem, settings: Settings, *, seconds: float = 0, status: int = 0
) -> ModelUnavailable:
    """Return the error for a problem."""
    what, hint = _WORDS[problem]
    filled = what.format(
        url=settings.llm_url,
        seconds=seconds,
        tokens=settings.llm_max_tokens,
        status=status,
    )
    return ModelUnavailable(f"Das Sprachmodell `{settings.llm_model}` {filled}.", hint=hint)
