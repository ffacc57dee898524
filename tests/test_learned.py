from corpus.analysis import stem
from corpus.learned import read_learned, write_learned


def test_what_texts_teach_is_kept(tmp_path):
    texts = [
        "Der Förderkreis Lesebrücke (FKL) zahlt.",
        "Die zwei Phasen: Aufbau der Bücherei, Betrieb der Bücherei.",
    ]

    write_learned(tmp_path, texts)
    learned = read_learned(tmp_path)

    assert learned.short_forms == {"fkl": "Förderkreis Lesebrücke"}
    assert learned.parts == {
        (stem("phasen"), 1): "Aufbau der Bücherei",
        (stem("phasen"), 2): "Betrieb der Bücherei",
    }


def test_no_texts_teach_nothing(tmp_path):
    write_learned(tmp_path, [])

    learned = read_learned(tmp_path)

    assert (learned.short_forms, learned.parts) == ({}, {})
