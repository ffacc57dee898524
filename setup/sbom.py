"""The installed program with all that it needs to run, as a bill of materials in CycloneDX.

    python setup/sbom.py FILE

What is listed is what is installed here, with the licence that each package declares.
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
LONGEST_NAME = 80  # characters of a licence
Wanted = tuple[str, frozenset[str]]  # a package, and its extras that somebody wants


def bill_of_materials() -> Bom:
    """Follow the requirements from the program to the last package."""
    bom = Bom()
    bom.metadata.component = root = program()
    known = {root.name: root}
    needs = {(root.name, frozenset[str]()): list(here(PROJECT["project"]["dependencies"]))}
    open_ends = list(needs)
    while open_ends:
        wanted = open_ends.pop()
        for requirement in needs[wanted]:
            following = following_of(requirement)
            if following[0] not in known:
                known[following[0]] = package(distribution(following[0]))
                bom.components.add(known[following[0]])
            if following not in needs:
                found = distribution(following[0])
                needs[following] = list(here(found.requires or (), following[1]))
                open_ends.append(following)
        names = [following_of(one)[0] for one in needs[wanted]]
        bom.register_dependency(known[wanted[0]], [known[name] for name in names])
    return bom


def following_of(requirement: Requirement) -> Wanted:
    """Return what a requirement leads to."""
    return canonicalize_name(requirement.name), frozenset(requirement.extras)


def here(stated: Iterable[str], extras: frozenset[str] = frozenset()) -> Iterator[Requirement]:
    """Yield what is needed on this machine, with the extras that are wanted."""
    for requirement in map(Requirement, stated):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": one}) for one in (extras or {""})):
            yield requirement


def program() -> Component:
    """Describe the program itself."""
    project = PROJECT["project"]
    return Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )


def package(found: Distribution) -> Component:
    """Describe an installed package."""
    name = canonicalize_name(found.metadata["Name"])
    return Component(
        name=name,
        version=found.version,
        type=ComponentType.LIBRARY,
        bom_ref=name,
        purl=PackageURL("pypi", name=name, version=found.version),
        licenses=[LicenseFactory().make_from_string(one) for one in licences_of(found)],
    )


def licences_of(found: Distribution) -> list[str]:
    """Return what a package says of its licence in a word; some print the whole text instead."""
    stated = found.metadata["License-Expression"] or found.metadata["License"] or ""
    if 0 < len(stated) <= LONGEST_NAME:
        return [stated]
    classifiers = found.metadata.get_all("Classifier") or []
    return [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: ")]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    made = bill_of_materials()
    JsonV1Dot6(made).output_to_file(str(target), allow_overwrite=True, indent=2)
    print(f"{len(made.components)} Pakete in {target}.")
