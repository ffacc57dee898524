"""`check-llm` with scripted models: a good one, one that invents, one that is not there.

`BILDUNGSLOTSE_TEST_LLM_URL` and `…_MODEL` name a live server for the last test.
"""

import json
import os

import pytest

from assistant.generation.endpoint import Endpoint
from assistant.generation.probe import Probe, trials
from corpus.settings import Settings

GOOD = [
    "Der Zuschuss beträgt bis zu 65 Prozent der anerkannten Ausgaben.",
    "Eine Gemeinde bekommt höchstens 40.000 Euro.",
    "Anträge sind bis zum 15. Oktober 2031 einzureichen.",
    "Antragsberechtigt sind Gemeinden mit höchstens 20.000 Einwohnern.",
    "Vereine können keinen eigenen Antrag stellen.",
    "Auskunft gibt das Lesebüro unter Telefon 0555 123456.",
    "Der Verwendungsnachweis ist sechs Monate nach Ende des Vorhabens vorzulegen.",
    "Gefördert werden Vorhaben von zwei bis vier Jahren.",
]
NOTHING = "Dazu enthalten die Textstellen keine Angaben."
LIVE = {name: os.environ.get(f"BILDUNGSLOTSE_TEST_LLM_{name}") for name in ("URL", "MODEL")}


@pytest.fixture
def check(call, language_model, monkeypatch):
    """Return a function that runs the command against a way to reply."""

    def run(reply, *texts, options=("--json",)):
        language_model.says(*texts)
        monkeypatch.setenv("BILDUNGSLOTSE_LLM_URL", f"{language_model.url}/v1")
        monkeypatch.setenv("BILDUNGSLOTSE_LLM_MODEL", reply)
        return call("check-llm", *options)

    return run


def test_good_model_is_fit(check):
    code, out, _ = check("good", *GOOD, NOTHING)

    row = json.loads(out)
    assert code == 0
    assert (row["right"], row["admitted"], row["fitness"]) == (8, 4, "geeignet")
    assert row["host"] is None


def test_inventing_model_is_not_fit(check):
    _, out, _ = check("good", *GOOD, "Die Bearbeitung dauert drei Wochen.")

    row = json.loads(out)
    assert (row["right"], row["admitted"], row["fitness"]) == (8, 0, "nicht geeignet")


def test_model_that_admits_everything_is_not_fit(check):
    code, out, _ = check("good", NOTHING, options=())

    assert code == 0
    assert "Beantwortbare Fragen richtig und belegt: 0 von 8" in out
    assert "Urteil: nicht geeignet." in out


def test_endpoint_that_fails_is_said_in_one_line(check):
    code, out, err = check("unauthorised", NOTHING)

    assert (code, out) == (1, "")
    assert "verweigert den Zugang (401)" in err.splitlines()[-1]


def test_without_a_model_the_settings_are_named(call):
    code, _, err = call("check-llm")

    assert code == 1
    assert "BILDUNGSLOTSE_LLM_URL" in err


@pytest.mark.skipif(not all(LIVE.values()), reason="no live server is named")
def test_live_server_answers_the_probe():
    settings = Settings(llm_url=LIVE["URL"], llm_model=LIVE["MODEL"])

    probe = Probe(tuple(trials(Endpoint(settings))))

    assert len(probe.trials) == 12
    assert probe.fitness != "nicht geeignet", probe
