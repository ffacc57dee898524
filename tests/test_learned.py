from datetime import date

from corpus.analysis import stem
from corpus.learned import Learned, learn, learned_from_json, learned_to_json, together

TEXTS = [
    "Der Förderkreis Lesebrücke (FKL) zahlt.",
    "Die zwei Phasen: Aufbau der Bücherei, Betrieb der Bücherei.",
]


def test_what_texts_teach_is_kept():
    learned = learned_from_json(learned_to_json(learn(TEXTS)))

    assert learned.short_forms == {"fkl": "Förderkreis Lesebrücke"}
    assert learned.parts == {
        (stem("phasen"), 1): "Aufbau der Bücherei",
        (stem("phasen"), 2): "Betrieb der Bücherei",
    }


def test_no_texts_teach_nothing():
    assert learn([]) == together([]) == Learned({}, {}, {})


def test_pieces_together_teach_what_the_whole_teaches():
    texts = [*TEXTS, "Frauenkreis Linde (FKL).", "Die Lesekurse endeten 2030.", "(2020-2024)"]

    assert together(learn([text]) for text in texts) == learn(texts)


def test_first_name_and_latest_end_count():
    one = Learned({"a": "Amt"}, {("modul", 1): "Eins"}, {"kurs": date(2030, 1, 1)})
    other = Learned({"a": "Anstalt"}, {("modul", 1): "Zwei"}, {"kurs": date(2031, 1, 1)})

    assert together([one, other]) == Learned(one.short_forms, one.parts, other.endings)
