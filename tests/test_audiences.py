"""Readers, audiences and folder rules: who may read what."""

import pytest

from corpus.audiences import (
    ANYONE,
    OWNER,
    Readership,
    audience_named,
    audiences_of,
    check_rules,
    folder_for,
)
from corpus.documents import Source
from corpus.errors import UserFacingError


@pytest.mark.parametrize(
    ("written", "named"),
    [("öffentlich", "public"), ("Intern", "internal"), (" Amt  40 ", "amt 40"), ("", "")],
)
def test_an_audience_is_compared_in_one_form(written, named):
    assert audience_named(written) == named


@pytest.mark.parametrize(
    ("reader", "audiences", "may"),
    [
        (ANYONE, (), True),
        (ANYONE, ("internal",), False),
        (Readership(frozenset({"internal"})), ("internal",), True),
        (Readership(frozenset({"internal"})), ("internal", "amt 40"), False),
        (Readership(frozenset({"internal", "amt 40"})), ("internal", "amt 40"), True),
        (OWNER, ("amt 40",), True),
    ],
)
def test_a_reader_has_to_belong_to_every_audience(reader, audiences, may):
    assert reader.may_read(frozenset(audiences)) is may


def test_a_document_cannot_open_itself_in_a_closed_folder(tmp_path):
    rules = {str(tmp_path / "personal"): "Amt 10"}
    inside = str(tmp_path / "personal" / "unter" / "a.md")
    beside = str(tmp_path / "personal-alt" / "a.md")

    assert audiences_of(Source(audience="public"), inside, rules) == {"amt 10"}
    assert audiences_of(Source(audience="internal"), inside, rules) == {"amt 10", "internal"}
    assert audiences_of(Source(), beside, rules) == frozenset()


@pytest.mark.parametrize("written", ["Amt 40", "intern", "amt 40/2", "../Ämter", "100 %", "."])
def test_a_folder_is_closed_by_its_name(tmp_path, written):
    folder = tmp_path / folder_for(written)
    assert folder.parent == tmp_path
    inside = audiences_of(Source(audience="public"), str(folder / "tief" / "a.md"), {})
    assert inside == {audience_named(written)}
    assert audiences_of(Source(), str(tmp_path / f"{folder.name}.md"), {}) == frozenset()


def test_a_rule_that_closes_nothing_is_refused(tmp_path):
    typo = str(tmp_path / "personl")
    with pytest.raises(UserFacingError, match="personl"):
        check_rules({typo: "Amt 10"}, [str(tmp_path / "personal" / "a.md")])


def test_a_rule_holds_for_a_folder_and_for_documents_whose_folder_is_away(tmp_path):
    away = tmp_path / "laufwerk"
    check_rules({str(tmp_path): "Amt 10"}, [])
    check_rules({str(away): "Amt 10"}, [str(away / "tief" / "a.md")])
