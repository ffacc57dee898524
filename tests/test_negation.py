import pytest

from assistant.negation import denies
from assistant.question import understand


@pytest.mark.parametrize(
    "question",
    [
        "Wer darf keinen Antrag stellen?",
        "Welche Ausgaben sind nicht förderfähig?",
        "Wofür gibt es kein Geld?",
        "Wann darf der Lesebus nicht fahren?",
        "Welche Vereine sind ausgeschlossen?",
        "Wir sind ein Verein. Was wird bei uns nicht bezahlt?",
        "Who cannot apply?",
        "Which costs are not eligible?",
    ],
)
def test_question_for_what_is_not_so(question):
    assert understand(question).is_negated


@pytest.mark.parametrize(
    "question",
    [
        "Wer darf einen Antrag stellen?",
        "Was passiert, wenn der Bus nicht fährt?",
        "was mache ich wenn ich die frist nicht schaffe",
        "Wer bekommt Bücher, die niemand ausleiht?",
        "Wie heißt das Dorf, in welchem der Bus nicht hält?",
        "Was geschieht mit nicht verbrauchten Mitteln?",
        "Was wird nicht nur in Kitas gefördert?",
        "Warum darf ein Verein keinen Antrag stellen?",
        "Darf ein Verein keinen Antrag stellen?",
        "Sind Fahrten nicht förderfähig?",
        "Der Bus kommt nicht. Wer hilft?",
        "Who pays if the bus does not come?",
    ],
)
def test_question_that_can_be_answered_by_what_is_so(question):
    assert not understand(question).is_negated


@pytest.mark.parametrize(
    "text",
    [
        "Vereine können keinen Antrag stellen.",
        "Bilderbücher sind von der Förderung ausgenommen.",
        "Anträge stellen nur Kreise.",
        "Die Teilnahme ist freiwillig.",
        "Nicht gefördert werden:\n• Fahrten\n• Bücher",
        "Es gilt:\n• Bücher werden bezahlt\n• Fahrten werden nicht bezahlt",
    ],
)
def test_text_that_denies(text):
    assert denies("Was wird nicht bezahlt?", text, lambda line: "Fahrten" in line)


@pytest.mark.parametrize(
    "text",
    [
        "Kreise können einen Antrag stellen.",
        "Kommunen ohne Schule können einen Antrag stellen.",
        "Gefördert werden nicht nur Bücher.",
        "Ob Fahrten bezahlt werden, sagen die Unterlagen nicht.",
        "Der Anteil ist nicht belegt.",
        "Bücher müssen vorher nicht bestellt werden.",
        "Bezahlt werden:\n• Bücher\n• Kosten, die sonst keiner trägt",
    ],
)
def test_text_that_denies_nothing(text):
    assert not denies("Was wird nicht bezahlt?", text, lambda line: "Fahrten" in line)


def test_not_having_to_is_a_denial_where_that_is_asked():
    text = "Kreise müssen keine Gebühr zahlen."

    assert denies("Wer muss nicht zahlen?", text, bool)
    assert not denies("Wer zahlt nicht?", text, bool)
