"""Which files of Gradio's own build the browser needs for our page, read off the build itself.

Gradio's scripts load one another step by step, and the field for the question is there after the
last step. A page that names all of them in its head has them loaded side by side. What is not
recognised in the build is left out, and the browser then finds it as late as ever.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import gradio

BUILD = Path(gradio.__file__).parent / "templates" / "frontend"
FOLDER = "assets"
_IN_HEAD = re.compile(r'<(?:script|link)\b[^>]* (?:src|href)="\./assets/([\w.-]+\.(?:js|css))"')
_NAMES = re.compile(r"m\.f=\[([^\]]*)\]")  # every file that a script may load, each once
_NAME = re.compile(r'"\./([^"]+)"')
_LOADED = r"__vite__mapDeps\(\[([\d,]+)\]\)"  # the numbers of those that it loads at one place
_ANY = re.compile(_LOADED)
_PAGE = re.compile(rf"import\([`\"']\./Blocks-.{{0,80}}?{_LOADED}")  # what shows components
_COMPONENT = re.compile(rf"\b(\w+):\{{[^{{}}]*?\bcomponent:[^{{}}]*?{_LOADED}")
_WORDS = re.compile(r"lang/(\w+)\.json\W[^{}]*?import\([`\"']\./([\w.-]+\.js)[`\"']\)")


@dataclass(frozen=True, slots=True)
class GradioBuild:
    """Names of files in the folder `assets`, each once; the first script loads the others.

    `words` are those of Gradio's own texts, by language.
    """

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    words: Mapping[str, str]


def read_build(kinds: Collection[str], build: Path = BUILD) -> GradioBuild:
    """Return what is loaded for components of these kinds ("textbox", "button", …)."""
    found = _IN_HEAD.findall((build / "index.html").read_text(encoding="utf-8"))
    first, _ = _split(found)
    for script in first:
        found += _Script(build / FOLDER / script).all_loaded()
    started, _ = _split(found)
    words: dict[str, str] = {}
    for script in started:
        one = _Script(build / FOLDER / script)
        found += one.page() + one.components(kinds)
        words |= one.words()
    return GradioBuild(*_split(found), words)


class _Script:
    """A built script that loads others."""

    def __init__(self, file: Path) -> None:
        self._text = file.read_text(encoding="utf-8")
        names = _NAMES.search(self._text)
        self._names = _NAME.findall(names[1]) if names else []

    def all_loaded(self) -> list[str]:
        return self._files(_ANY.findall(self._text))

    def page(self) -> list[str]:
        return self._files(_PAGE.findall(self._text))

    def components(self, kinds: Collection[str]) -> list[str]:
        loads = dict(_COMPONENT.findall(self._text))
        return self._files([loads[kind] for kind in sorted(kinds) if kind in loads])

    def words(self) -> dict[str, str]:
        return dict(_WORDS.findall(self._text))

    def _files(self, loads: list[str]) -> list[str]:
        numbers = [int(number) for load in loads for number in load.split(",")]
        return [self._names[number] for number in numbers if number < len(self._names)]


def _split(names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part scripts from style sheets, each name once."""
    unique = dict.fromkeys(names)
    scripts = tuple(name for name in unique if name.endswith(".js"))
    return scripts, tuple(name for name in unique if name.endswith(".css"))
