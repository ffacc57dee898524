"""What the page needs to show pages of PDFs; who starts the program hands it in.

The files are foreign: an implementation has to keep the parser away from this process.
"""

from pathlib import Path
from typing import Protocol

from corpus.page_views import PageView, Quote


class PageImages(Protocol):
    """Pages of a PDF, counted from 1; both methods raise `UserFacingError` for one they cannot."""

    def view(self, path: Path, page: int, quote: Quote | None = None) -> PageView:
        """Measure a page and find the words of a quote on it."""
        ...

    def draw(self, path: Path, page: int, dots_per_inch: int) -> bytes:
        """Return a page as PNG."""
        ...
