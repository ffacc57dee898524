"""How good answers are, with the bundled model: floors that no change may fall below."""

from functools import cache
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import pytest
from sample_library import ADVISED

from assistant.dialogue import Assistant, last
from assistant.evaluation import evaluate, metrics, read_cases
from assistant.wording.texts import WORDS
from corpus.embedder_choice import load_embedder
from corpus.origins import library_folder
from corpus.places import land_names, load_places
from corpus.settings import Settings
from corpus.vector_cache import VectorCache
from ingest.pipeline import IngestRun

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
EVALS = Path(__file__).parent / "evals"


class Floor(NamedTuple):
    """Least shares: of answerable questions answered rightly, of all others refused or noted."""

    questions: Path
    corpus: str
    right: float
    refused: float


FLOORS = {
    "seeds-dev": Floor(SHARED / "eval" / "seeds-dev.jsonl", "seeds", right=0.91, refused=0.95),
    "seeds": Floor(EVALS / "seeds.jsonl", "seeds", right=0.92, refused=0.95),
    "library": Floor(EVALS / "library.jsonl", "library", right=0.85, refused=0.88),
    "laws": Floor(EVALS / "laws.jsonl", "laws", right=0.72, refused=0.85),
}
SAYS_IT_ENDED = ("bis ", "ende", "Früher", "früher", "Vorläuf", "Vorgäng", "Nachfolg", "bisherig")
MOST_QUOTES = 4  # on average in one answer
NAVIGATION = ("Cookie", "Zum Inhalt springen", "Mehr erfahren", "Zurück zum Seitenanfang")

pytestmark = pytest.mark.evals


def files_of(corpus):
    """Return the files of a corpus; of the laws only those that a question asks about."""
    if corpus == "library":
        return [library_folder()]
    if not SHARED.is_dir():
        pytest.skip("../shared is not there")
    if corpus == "seeds":
        return [SHARED / "seeds"]
    asked = {prefix for case in read_cases(FLOORS["laws"].questions) for prefix in case.doc}
    folder = SHARED / "docs" / "german"
    return [path for path in sorted(folder.iterdir()) if path.name.startswith(tuple(asked))]


@pytest.fixture(scope="session")
def assistant_of(model_data, tmp_path_factory, pytestconfig):
    """Return a function that takes a corpus in once per test run.

    Vectors outlive the run in pytest's cache; `--cache-clear` embeds everything anew.
    """
    kept = pytestconfig.cache.mkdir("bildungslotse")
    embedder = VectorCache(load_embedder(Settings(data=model_data)), kept)

    @cache
    def assistant(corpus):
        data = tmp_path_factory.mktemp(corpus)
        run = IngestRun(files_of(corpus), settings=Settings(data=data), embedder=embedder)
        assert {report.status for report in run} == {"added"}
        return Assistant(data, embedder)

    return assistant


@pytest.fixture(scope="session")
def results_of(assistant_of):
    """Return a function that answers a question set once per test run."""

    @cache
    def results(name):
        floor = FLOORS[name]
        if not floor.questions.exists():
            pytest.skip(f"{floor.questions.name} is not there")
        assistant = assistant_of(floor.corpus)
        return evaluate(read_cases(floor.questions), lambda question: last(assistant.ask(question)))

    return results


every_set = pytest.mark.parametrize("name", FLOORS)


@every_set
def test_answerable_questions_are_answered_rightly(results_of, name):
    shares = {row.kind: row for row in metrics(results_of(name))}
    wrong = [
        result.case.id
        for result in results_of(name)
        if result.case.is_answerable and not result.is_right
    ]

    assert shares["beantwortbar"].right >= FLOORS[name].right, f"wrong: {wrong}"


@every_set
def test_what_the_documents_do_not_say_is_refused(results_of, name):
    shares = {row.kind: row for row in metrics(results_of(name))}
    made_up = [
        result.case.id
        for result in results_of(name)
        if not result.case.is_answerable and not result.is_right
    ]

    assert shares["nicht beantwortbar"].right >= FLOORS[name].refused, f"made up: {made_up}"


@every_set
def test_every_citation_is_verbatim_and_printed(results_of, name):
    for _, answer in ((result.case, result.answer) for result in results_of(name)):
        assert answer.is_grounded or answer.is_refusal
        for citation in answer.citations:
            assert citation.passage.text[citation.start : citation.end] == citation.quote
            assert citation.quote.strip()
            assert citation.quote in answer.text
            assert f"[{citation.number}]" in answer.text


@every_set
def test_no_answer_quotes_cookies_or_navigation(results_of, name):
    found = {
        (result.case.id, word)
        for result in results_of(name)
        for citation in result.answer.citations
        for word in NAVIGATION
        if word in citation.quote
    }

    assert found == set()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_example_on_the_page_is_answered_from_the_starter_documents(assistant_of, language):
    assistant = assistant_of("library")
    examples = [one for group in WORDS[language].examples.values() for one in group]
    assert [one for one in examples if last(assistant.ask(one)).is_refusal] == []


@every_set
def test_answers_are_short(results_of, name):
    answers = [result.answer for result in results_of(name) if not result.answer.is_refusal]

    assert mean(len(answer.citations) for answer in answers) <= MOST_QUOTES


def unmarked_ends(answer):
    """Return quotes about the agencies that have ended which do not say so, nor their notes."""
    marked = " ".join(note.text for note in answer.notes if note.kind == "superseded")
    return [
        one.quote
        for one in answer.citations
        if "Transferagentur" in one.quote
        and not any(word in one.quote for word in SAYS_IT_ENDED)
        and str(one.number) not in marked
        and f"[{one.number}] (" not in answer.text
    ]


def test_every_place_leads_to_its_agency_or_to_an_honest_gap(assistant_of):
    wrong = []
    for place in load_places():
        answer = last(assistant_of("library").ask(f"Wer berät {place.full_name}?"))
        first = answer.citations[0].quote
        agency = ADVISED.get(place.land)
        has_gap = any("Nicht belegt" in one.quote for one in answer.citations)
        is_right = not answer.is_refusal and agency in first if agency else has_gap
        if not is_right or place.land not in answer.place or unmarked_ends(answer):
            wrong.append((place.full_name, place.land, answer.outcome, first))

    assert wrong == []


def test_no_ended_agency_stands_as_current_where_no_document_says_more(assistant_of):
    assistant = assistant_of("seeds")
    answers = [last(assistant.ask(f"Wer berät Kommunen in {land}?")) for land in land_names()]

    assert [one.text for one in answers if unmarked_ends(one)] == []
