"""The one error a person sees: what happened and what to do next, both in German."""

from functools import partial
from typing import Any


class UserFacingError(Exception):
    """A problem the user can solve; shown as one line with a hint, never as a traceback.

    `message` says what happened, with the values involved; `hint` names the command, setting or
    step that helps. Every other exception is a defect and surfaces as one.
    """

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the hint on the way between processes."""
        return partial(type(self), hint=self.hint), (self.message,)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


class Unavailable(UserFacingError):
    """A server of the operator's is needed and of no use just now; trying again may help."""
