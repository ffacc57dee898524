"""Named steps of everything that writes; a test can let the process die at any of them.

`BILDUNGSLOTSE_FAIL_AT=switch` ends the process, as SIGKILL would, when it reaches that step;
`BILDUNGSLOTSE_FAIL_AT=segment:3` when it reaches it for the third time. `STEPS` names them all.
"""

import os

VARIABLE = "BILDUNGSLOTSE_FAIL_AT"
KILLED = 137  # what a shell reports after SIGKILL
STEPS = (
    "original",  # a copy of the file is kept
    "segment-files",  # the files of a segment are written, its seal is not
    "segment",  # a segment is sealed
    "vectors",  # vectors are in the store, the generation is not listed
    "generation",  # the generation is listed, the old one is live
    "manifest",  # the new manifest is written beside the old one
    "switch",  # the new generation is live, nothing old is cleared away
    "cleared-vectors",  # the vectors of the old generation are gone, its files are not
    "cleared",  # all of the old generation is gone
    "tombstone",  # a removal is noted, nothing is removed
    "removal-cache",  # the cache holds nothing of the removed text, the rest does
    "removal-originals",
    "removal-vectors",
)

_reached: dict[str, int] = {}


def reached(step: str) -> None:
    """Tell that a step is reached; does nothing unless a test asks for a death here."""
    wanted = os.environ.get(VARIABLE)
    if not (wanted and step):
        return
    _reached[step] = _reached.get(step, 0) + 1
    if wanted in (step, f"{step}:{_reached[step]}"):
        os._exit(KILLED)
