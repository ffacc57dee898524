from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from corpus.settings import BUNDLED_MODEL, load_settings


def test_defaults_need_nothing():
    settings = load_settings(environment={"PATH": "/bin"})

    assert settings.data == Path("var")
    assert settings.model == BUNDLED_MODEL


def test_command_line_beats_environment_beats_file(tmp_path):
    config = tmp_path / "bildungslotse.toml"
    config.write_text('data = "datei"\nmodel = "datei"\npassage_tokens = 120\n')
    environment = {"BILDUNGSLOTSE_CONFIG": str(config), "BILDUNGSLOTSE_MODEL": "umgebung"}

    settings = load_settings(data=tmp_path, environment=environment)

    assert (settings.data, settings.model, settings.passage_tokens) == (tmp_path, "umgebung", 120)


def test_settings_cannot_be_patched():
    with pytest.raises(ValueError, match="frozen"):
        load_settings(environment={}).model = "anderes"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"BILDUNGSLOTSE_MODELL": "x"}, "modell"),
        ({"BILDUNGSLOTSE_PASSAGE_TOKENS": "viele"}, "'viele'"),
        ({"BILDUNGSLOTSE_PASSAGE_TOKENS": "47"}, "passage_tokens"),
        ({"BILDUNGSLOTSE_THREADS": "-1"}, "threads"),
    ],
    ids=["unknown", "no number", "too small", "negative"],
)
def test_wrong_setting_is_named_with_the_known_ones(environment, named):
    with pytest.raises(UserFacingError) as raised:
        load_settings(environment=environment)

    assert named in raised.value.message
    assert "passage_tokens" in raised.value.hint


@pytest.mark.parametrize(
    "content",
    [b"data = ", b"\xff\xfe\x00", b'model = "a"\nmodel = "b"\n'],
    ids=["broken TOML", "binary", "twice"],
)
def test_broken_file_is_named(tmp_path, content):
    config = tmp_path / "kaputt.toml"
    config.write_bytes(content)

    with pytest.raises(UserFacingError, match=r"kaputt\.toml"):
        load_settings(environment={}, config=config)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(UserFacingError, match=r"fehlt\.toml"):
        load_settings(environment={"BILDUNGSLOTSE_CONFIG": str(tmp_path / "fehlt.toml")})


def test_unknown_key_in_a_file_is_refused(tmp_path):
    config = tmp_path / "x.toml"
    config.write_text("passage_token = 100\n")

    with pytest.raises(UserFacingError, match="`passage_token` gibt es nicht"):
        load_settings(environment={}, config=config)


LLM = {"BILDUNGSLOTSE_LLM_URL": "http://localhost:8080/v1/", "BILDUNGSLOTSE_LLM_MODEL": "m"}


def test_language_model_of_this_machine_has_no_host():
    settings = load_settings(environment=LLM)

    assert (settings.llm_url, settings.llm_host) == ("http://localhost:8080/v1", "")
    assert settings.has_llm
    assert not load_settings(environment={}).has_llm


def test_language_model_elsewhere_is_named_by_its_host():
    environment = LLM | {"BILDUNGSLOTSE_LLM_URL": "https://llm.example.org/v1"}

    assert load_settings(environment=environment).llm_host == "llm.example.org"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"LLM_URL": "http://llm.example.org/v1"}, "muss mit https:// beginnen"),
        ({"LLM_URL": "http://127.0.0.1.example.org"}, "muss mit https:// beginnen"),
        ({"LLM_URL": "ftp://localhost/"}, "keine Adresse"),
        ({"LLM_URL": "localhost:8080"}, "keine Adresse"),
        ({"LLM_URL": "https://name:wort@example.org/v1"}, "Zugangsdaten"),
        ({"LLM_URL": "https://example.org/v1?key=abc"}, "Zugangsdaten"),
        ({"LLM_MODEL": ""}, "gehören zusammen"),
        ({"LLM_URL": ""}, "gehören zusammen"),
        ({"LLM_KEY": "sk-geheim", "LLM_KEY_FILE": "/x"}, "nur eines"),
        ({"LLM_FIRST_SECONDS": "0"}, "llm_first_seconds"),
    ],
)
def test_wrong_endpoint_is_refused_without_telling_the_key(changed, message):
    environment = LLM | {f"BILDUNGSLOTSE_{name}": value for name, value in changed.items()}

    with pytest.raises(UserFacingError, match=message) as raised:
        load_settings(environment=environment)

    assert "geheim" not in str(raised.value)
    assert "wort@" not in str(raised.value)


def test_key_is_not_shown_with_the_settings():
    assert "geheim" not in repr(
        load_settings(environment=LLM | {"BILDUNGSLOTSE_LLM_KEY": "geheim"})
    )
