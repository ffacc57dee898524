from pathlib import Path
from string import Template

import pytest

import prompts
from prompts import render

FILES = sorted(Path(prompts.__file__).parent.glob("*.md"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_template_fills_with_its_own_variables(path):
    names = Template(path.read_text("utf-8")).get_identifiers()

    text = render(path.stem, **{name: f"<{name}>" for name in names})

    assert names
    assert all(f"<{name}>" in text for name in names)
    assert "$" not in text
    assert text == text.strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_template_exists_in_both_languages(path):
    name, _, language = path.stem.rpartition(".")
    other = path.with_name(f"{name}.{ {'de': 'en', 'en': 'de'}[language] }.md")

    variables = [set(Template(one.read_text("utf-8")).get_identifiers()) for one in (path, other)]

    assert variables[0] == variables[1]


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({}, r"missing \['quotes'\]"),
        ({"quotes": "a", "hits": "b"}, r"unused \['hits'\]"),
        ({"quote": "a"}, r"missing \['quotes'\], unused \['quote'\]"),
    ],
    ids=["missing", "unused", "misspelt"],
)
def test_missing_and_unused_values_fail(values, complaint):
    with pytest.raises(ValueError, match=complaint):
        render("partial.de", **values)


def test_values_are_not_templates():
    text = render("partial.de", quotes="$question kostet 5 $ und ${nearest}")

    assert text.endswith("$question kostet 5 $ und ${nearest}")


def test_unknown_template_fails():
    with pytest.raises(FileNotFoundError):
        render("gibt-es-nicht")
