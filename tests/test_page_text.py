import os
import string
from dataclasses import fields

import pytest

import assistant.page  # noqa: F401
from assistant.dialogue import LONGEST_QUESTION
from assistant.wording.texts import ENGLISH, GERMAN
from assistant.wording.words import MAX_QUESTION


def test_the_page_and_the_assistant_have_the_same_limit():
    assert MAX_QUESTION == LONGEST_QUESTION


def test_analytics_are_off_before_gradio_is_imported():
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


@pytest.mark.parametrize("field", [field.name for field in fields(GERMAN)])
def test_both_languages_say_the_same_things(field):
    german, english = getattr(GERMAN, field), getattr(ENGLISH, field)
    if isinstance(german, str):
        assert german
        assert english
        assert placeholders(german) == placeholders(english)
    else:
        assert [len(item) for item in german.values()] == [
            len(item) for item in english.values()
        ] or all(english.values())
        assert len(german) == len(english)


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
