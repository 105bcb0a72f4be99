"""Why a model is refused or a review stops: a code and its values; texts live with the application."""

from collections.abc import Mapping


class RefusedError(Exception):
    """The input cannot be judged; `code` is of the catalogue in docs/report-format.md."""

    of = "model"
    """What is refused: the model, or the document to judge it by."""

    def __init__(self, code: str, **values: str | float) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, str | float] = values

    def __str__(self) -> str:
        return f"{self.code} {dict(self.values)}" if self.values else self.code


class ReviewFailedError(Exception):
    """Our own fault: the review's process failed in a way no input is to blame for."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class StoppedError(ReviewFailedError):
    """Somebody outside told the review's process to end, as when a machine is shut down; again it may succeed."""


class CancelledError(Exception):
    """The caller asked to stop."""
