"""Settings as inert values: environment first, then one optional TOML file, then the defaults."""

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import UserFacingError

PREFIX = "BILDUNGSLOTSE_"
BUNDLED_MODEL = "e5-small"


class Settings(BaseModel):
    """What an administrator may change; unknown keys are refused, because they are typos."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(Path("var"), description="Ordner für Index, Modell und Zwischenspeicher")
    model: str = Field(BUNDLED_MODEL, description="Embedding-Modell: Name oder Ordner")
    passage_tokens: int = Field(200, ge=48, le=480, description="Länge einer Passage in Tokens")
    ocr: bool = Field(True, description="Texterkennung für Seiten ohne Text, braucht Tesseract")
    threads: int = Field(0, ge=0, le=64, description="Rechenkerne beim Einlesen, 0 = alle")
    audiences: dict[str, str] = Field({}, description="Ordner, deren Dokumente nicht alle lesen")
    contact: str = Field("", description="Wer Barrieren auf der Seite entgegennimmt")


def load_settings(
    *,
    data: Path | None = None,
    environment: dict[str, str] | None = None,
    config: Path | None = None,
) -> Settings:
    """Merge file, environment and command line; raise `UserFacingError` for anything unknown."""
    environment = dict(os.environ) if environment is None else environment
    named = {
        key.removeprefix(PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(PREFIX)
    }
    path = config or (Path(named.pop("config")) if "config" in named else None)
    values: dict[str, Any] = {**_read_toml(path), **named}
    if data is not None:
        values["data"] = data
    try:
        return Settings(**values)
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(str(part) for part in problem["loc"])
        known = ", ".join(Settings.model_fields)
        if problem["type"] == "extra_forbidden":
            message = f"Die Einstellung `{name}` gibt es nicht."
        else:
            message = f"Die Einstellung `{name}` hat einen ungültigen Wert: {problem['input']!r}."
        raise UserFacingError(message, hint=f"Bekannte Einstellungen: {known}.") from error


def _read_toml(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserFacingError(
            f"Die Einstellungsdatei `{path}` ist nicht lesbar: {error}.",
            hint=f"Datei korrigieren oder {PREFIX}CONFIG entfernen.",
        ) from error
