"""Question and passage together to one number, where the model has learned to read both."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class CrossEncoder(Protocol):
    """What an `Embedder` may be besides: a judge of whether a passage answers a question."""

    def log_odds(self, question: str, passage: str) -> float | None:
        """Estimate the log-odds that `passage` answers `question`; None where it cannot tell."""
