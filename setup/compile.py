"""Compiles what a start imports, and nothing else: `python setup/compile.py`.

Python does so itself where it may write, but a service rarely may, the reading processes never do,
and the environment may forbid it: then every start and every reading process compiles all anew.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

PACKAGES = ("corpus", "ingest", "assistant", "commands")
# What they import when it is needed.
LATER = ("chromadb", "rich.progress", "uvicorn")
# Not everybody needs these, and they take longer than all the others.
RARE = ("corpus.transformer_embedder", "assistant.generation.endpoint")


def modules() -> Iterator[str]:
    """Name the modules whose import leads to everything."""
    for package in PACKAGES:
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            if module.name not in RARE:
                yield module.name
    yield from LATER


sys.dont_write_bytecode = False
for name in modules():
    import_module(name)
