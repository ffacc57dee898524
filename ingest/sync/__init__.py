"""Folders and official pages in; what differs from the index, and after a yes the change, out.

`plan_folders` and `plan_pages` look and change nothing; `apply` makes a plan true in one step.
"""

from ingest.sync.applying import apply
from ingest.sync.folders import plan_folders
from ingest.sync.loss import DeletionRefused
from ingest.sync.pages import plan_pages

__all__ = [
    "DeletionRefused",
    "apply",
    "plan_folders",
    "plan_pages",
]
