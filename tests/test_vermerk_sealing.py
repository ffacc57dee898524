"""An answer comes back from the browser as this server gave it, or not at all."""

import base64
import zlib
from dataclasses import replace

import pytest
from sample_notes import NOW, STOCK, texts_of
from scripted_assistant import BY_ID, OLD_QUOTE, QUOTE, answered, comparison, generated, refused

from assistant.vermerk.composing import note_of_answers
from assistant.vermerk.record import Lost
from assistant.vermerk.sealing import Seal, UnknownAnswer
from assistant.wording.texts import GERMAN

SEAL = Seal()


def returned(answer, find=BY_ID.get):
    return SEAL.open(SEAL.close(answer, NOW), find)


@pytest.mark.parametrize("make", [answered, refused, generated, comparison])
def test_an_answer_comes_back_whole(make):
    answer = make("Wer?")
    dated = returned(answer)
    assert dated.answer == replace(answer, hits=(), seconds_retrieve=0.0, seconds_answer=0.0)
    assert (dated.at, dated.lost) == (NOW, ())


@pytest.mark.parametrize(
    "change",
    [
        lambda sealed: "",
        lambda sealed: "kein Siegel",
        lambda sealed: sealed[:-1] + ("0" if sealed[-1] != "0" else "1"),
        lambda sealed: "A" + sealed[1:] if sealed[0] != "A" else "B" + sealed[1:],
        lambda sealed: sealed.partition(".")[0],
        lambda sealed: "ä" + sealed,
        lambda sealed: sealed + "é",
        lambda sealed: base64.urlsafe_b64encode(zlib.compress(b"{}")).decode() + ".0" * 64,
        lambda sealed: Seal().close(answered("Wer?"), NOW),
    ],
)
def test_what_was_changed_on_the_way_is_refused(change):
    with pytest.raises(UnknownAnswer):
        SEAL.open(change(SEAL.close(answered("Wer?"), NOW)), BY_ID.get)


def without(passage_id):
    return {key: value for key, value in BY_ID.items() if key != passage_id}.get


@pytest.mark.parametrize("make", [answered, generated])
def test_a_quote_that_is_gone_is_named_and_not_printed(make):
    dated = returned(make("Wer?"), without("integriert:3:0"))
    assert dated.lost == (Lost(3, "Richtlinie „Bildung integriert“, S. 3"),)

    note = note_of_answers([dated], STOCK, GERMAN, NOW)

    assert OLD_QUOTE not in "".join(texts_of(note))
    assert f"„{QUOTE}“[1]" in texts_of(note)
    assert "„…“[3]" in texts_of(note)
    assert note.footnotes[2].text == (
        "Nicht mehr nachweisbar und deshalb nicht abgedruckt: Richtlinie „Bildung integriert“, S. 3"
    )


def test_a_sentence_loses_its_backing_with_its_quote():
    dated = returned(generated("Wer?"), without("richtlinie:14:1"))
    assert [one.support for one in dated.answer.generated.statements] == ["none", "none"]


def test_a_cell_of_a_table_is_emptied_with_its_quote():
    dated = returned(comparison("Vergleich"), without("integriert:3:0"))
    cells = [cell.text for _, row in dated.answer.table.rows for cell in row]
    assert cells == [QUOTE, "…", "", "…"]


def test_a_passage_with_other_words_does_not_prove_a_quote():
    changed = replace(BY_ID["integriert:3:0"], text="x" * 500)
    dated = returned(answered("Wer?"), (BY_ID | {"integriert:3:0": changed}).get)
    assert [one.number for one in dated.lost] == [3]
