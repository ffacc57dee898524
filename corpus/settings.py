"""Settings as inert values: environment first, then one optional TOML file, then the defaults."""

import ipaddress
import os
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from corpus.errors import UserFacingError

PREFIX = "BILDUNGSLOTSE_"
BUNDLED_MODEL = "e5-small"


class Settings(BaseModel):
    """What an administrator may change; unknown keys are refused, because they are typos."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(Path("var"), description="Ordner für Index, Modell und Zwischenspeicher")
    model: str = Field(BUNDLED_MODEL, description="Embedding-Modell: Name oder Ordner")
    passage_tokens: int = Field(200, ge=48, le=480, description="Länge einer Passage in Tokens")
    embedding_url: str = Field("", description="OpenAI-kompatibler Endpunkt für Embeddings")
    embedding_model: str = Field("", description="Name des Embedding-Modells dort")
    embedding_key: SecretStr | None = Field(None, description="Schlüssel des Endpunkts")
    embedding_key_file: Path | None = Field(None, description="Datei mit dem Schlüssel")
    embedding_query_prefix: str = Field("", description="Was vor jeder Frage steht")
    embedding_passage_prefix: str = Field("", description="Was vor jeder Passage steht")
    embedding_seconds: float = Field(30, gt=0, le=600, description="Frist je Anfrage")
    index_url: str = Field("", description="Chroma-Server für den Index, leer: eigene Dateien")
    index_token: SecretStr | None = Field(None, description="Kennwort des Chroma-Servers")
    index_token_file: Path | None = Field(None, description="Datei mit dem Kennwort")
    index_token_header: Literal["Authorization", "X-Chroma-Token"] = Field(
        "Authorization", description="Kopfzeile, in der das Kennwort steht"
    )
    index_ca: Path | None = Field(None, description="Zertifikat, dem beim Server vertraut wird")
    index_seconds: float = Field(10, gt=0, le=600, description="Frist je Anfrage an den Server")
    index_silence_seconds: float = Field(
        900, ge=30, le=604_800, description="So lange wird ohne Kontakt zum Server geantwortet"
    )
    ocr: bool = Field(True, description="Texterkennung für Seiten ohne Text, braucht Tesseract")
    threads: int = Field(0, ge=0, le=64, description="Rechenkerne beim Einlesen, 0 = alle")
    sync_web: bool = Field(False, description="Amtliche Seiten aus dem Netz abgleichen")
    sync_catalogue: Path | None = Field(
        None, description="Eigener Quellenkatalog, leer: der mitgelieferte"
    )
    sync_folders: tuple[Path, ...] = Field(
        (), description="Ordner, die auf der Seite abgleichbar sind"
    )
    audiences: dict[str, str] = Field({}, description="Ordner, deren Dokumente nicht alle lesen")
    hosts: str = Field("", description="Namen, unter denen die Seite erreichbar ist, mit Komma")
    root_path: str = Field("", pattern=r"^(/[\w.-]+)*$", description="Unterpfad hinter einem Proxy")
    proxy_secret: str = Field("", repr=False, description="Geheimnis des Anmelde-Proxys")
    questions_per_minute: float = Field(30.0, gt=0, le=6000, description="Fragen je Person")
    address_questions_per_minute: float = Field(
        300.0, gt=0, le=60_000, description="Fragen je Adresse, hinter der viele sitzen können"
    )
    workers: int = Field(
        0,
        ge=0,
        le=64,
        description="Prozesse, die Fragen beantworten, 1 = der Dienst selbst, 0 = je nach Kernen, "
        "wo man sich anmeldet",
    )
    request_seconds: float = Field(240, gt=0, le=3600, description="Längste Frage, mit Warten")
    log_requests: bool = Field(False, description="Jede Anfrage protokollieren, ohne Inhalte")
    contact: str = Field("", description="Wer Barrieren auf der Seite entgegennimmt")
    llm_url: str = Field("", description="OpenAI-kompatibler Endpunkt, leer: kein Sprachmodell")
    llm_model: str = Field("", description="Name des Sprachmodells an diesem Endpunkt")
    llm_key: SecretStr | None = Field(None, description="Schlüssel des Endpunkts")
    llm_key_file: Path | None = Field(None, description="Datei mit dem Schlüssel")
    llm_connect_seconds: float = Field(10, gt=0, le=600, description="Frist für die Verbindung")
    llm_first_seconds: float = Field(120, gt=0, le=3600, description="Frist bis zum ersten Wort")
    llm_between_seconds: float = Field(15, gt=0, le=600, description="Frist zwischen zwei Worten")
    llm_max_tokens: int = Field(600, ge=50, le=8000, description="Längste Antwort in Tokens")

    @property
    def has_llm(self) -> bool:
        """Whether a language model is to word answers."""
        return bool(self.llm_url)

    @property
    def has_default_model(self) -> bool:
        """Whether the model that comes with the program embeds."""
        return self.model == BUNDLED_MODEL and not self.embedding_url

    @property
    def llm_host(self) -> str:
        """Where the language model runs; empty on this machine."""
        return _host_elsewhere(self.llm_url)

    @property
    def embedding_host(self) -> str:
        """Where questions become vectors; empty on this machine."""
        return _host_elsewhere(self.embedding_url)

    @field_validator("sync_folders", mode="before")
    @classmethod
    def _split_paths(cls, folders: object) -> object:
        """Take the folders of an environment variable apart, as those of `PATH` are."""
        if not isinstance(folders, str):
            return folders
        return [one for one in folders.split(os.pathsep) if one]

    @field_validator("llm_url", "embedding_url", "index_url")
    @classmethod
    def _check_address(cls, url: str, info: ValidationInfo) -> str:
        """Texts and a secret travel there: encrypted, or not beyond this machine."""
        if not url:
            return url
        name, parts = info.field_name, urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(
                f"Die Einstellung `{name}` ist keine Adresse mit https:// oder http://."
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError(
                f"Die Einstellung `{name}` darf weder Zugangsdaten noch `?` oder `#` enthalten."
            )
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise ValueError(
                f"Die Einstellung `{name}` muss mit https:// beginnen; http:// ist nur auf dem "
                "eigenen Rechner erlaubt."
            )
        return url.rstrip("/")

    @model_validator(mode="after")
    def _check_endpoints(self) -> "Settings":
        for kind in ("llm", "embedding"):
            if bool(getattr(self, f"{kind}_url")) != bool(getattr(self, f"{kind}_model")):
                raise ValueError(f"`{kind}_url` und `{kind}_model` gehören zusammen: Eines fehlt.")
            if getattr(self, f"{kind}_key") and getattr(self, f"{kind}_key_file"):
                raise ValueError(f"Bitte nur eines von `{kind}_key` und `{kind}_key_file` setzen.")
        return self

    @model_validator(mode="after")
    def _check_server(self) -> "Settings":
        if self.index_token and self.index_token_file:
            raise ValueError("Bitte nur eines von `index_token` und `index_token_file` setzen.")
        if _host_elsewhere(self.index_url) and not (self.index_token or self.index_token_file):
            raise ValueError(
                "`index_url` nennt einen anderen Rechner: Ohne `index_token` wäre der Index dort "
                "für alle offen."
            )
        return self

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names under which the page may be reached besides those of this machine."""
        return tuple(name for name in map(str.strip, self.hosts.split(",")) if name)


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
        if problem["type"] == "value_error":
            message = str(problem["ctx"]["error"])  # never the input, it may hold the key
        elif problem["type"] == "extra_forbidden":
            message = f"Die Einstellung `{name}` gibt es nicht."
        else:
            message = f"Die Einstellung `{name}` hat einen ungültigen Wert: {problem['input']!r}."
        raise UserFacingError(message, hint=f"Bekannte Einstellungen: {known}.") from error


def _host_elsewhere(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return "" if is_loopback(host) else host


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


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
