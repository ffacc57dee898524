"""The evaluation report: metrics for all, and every miss with what was expected and quoted."""

from assistant.answers import Answer
from assistant.dialogue import answer_to
from assistant.evaluation import Case, Result, evaluate, metrics
from assistant.report import overview, report

RIGHT = Case("f1", "Wer ist antragsberechtigt?", kind="who", must=(("Kreise",),))
MISSED = Case("f2", "Wer ist antragsberechtigt?", kind="who", must=(("Vereine", "Verbände"),))


def test_report_counts_all_and_shows_only_misses(assistant):
    results = evaluate([RIGHT, MISSED], lambda question: answer_to(assistant, question))

    text = report(results, metrics(results))

    assert "| who | 2 | 50.0% |" in text
    assert "## Nicht richtig: 1 von 2" in text
    assert "### `f2`: `Wer ist antragsberechtigt?`" in text
    assert "- erwartet: `Vereine oder Verbände` aus `keinem Dokument`" in text
    assert "- Zitat 1 (" in text
    assert "`f1`" not in text


def test_the_command_line_shows_finding_and_time_beside_what_is_right(assistant):
    results = evaluate([RIGHT, MISSED], lambda question: answer_to(assistant, question))

    head, who, *_ = overview(metrics(results)).splitlines()

    assert head.split() == "Art Fragen richtig belegt abgelehnt Zitate unter 5 MRR ms".split()
    assert who.split()[:3] == ["who", "2", "50.0%"]
    assert who.split()[6:8] == ["100.0%", "1.00"]


def test_texts_in_a_report_are_data():
    case = Case("<img src=x>", "`![](http://x.example)`\n# Überschrift", kind="unanswerable")
    result = Result(case, Answer(case.question, case.question, "…", "answered"))

    text = report([result], metrics([result]))

    assert "### `<img src=x>`: `'![](http://x.example)' # Überschrift`" in text
