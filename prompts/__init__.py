"""Words, not code: templates from `*.md`, filled strictly."""

from functools import cache
from importlib.resources import files
from string import Template


@cache
def _template(name: str) -> Template:
    return Template((files("prompts") / f"{name}.md").read_text("utf-8").strip())


def render(name: str, **values: str) -> str:
    """Fill the template `name`; a missing or an unused value is a ValueError."""
    template = _template(name)
    wanted = set(template.get_identifiers())
    if wanted != values.keys():
        missing, unused = sorted(wanted - values.keys()), sorted(values.keys() - wanted)
        raise ValueError(f"template `{name}`: missing {missing}, unused {unused}")
    return template.substitute(values)
