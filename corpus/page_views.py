"""What can be seen of one page of a PDF: its size, and where the words of a quote stand on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a page in shares of its width and height, counted from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as it is shown, rotated and cropped.

    `width` and `height` are points, `pages` counts the whole file. `marks` are the lines of the
    quote that was asked for, in the order of the text; none where the page does not show it.
    """

    pages: int
    width: float
    height: float
    marks: tuple[Rectangle, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a text that was read off a page; the text around it tells repetitions apart."""

    text: str
    start: int
    end: int
