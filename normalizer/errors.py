"""Every error that this package raises on purpose.

One base class; the leaves are named by whose fault it is. The attributes carry
the facts, the message says what, where, what was expected and what to do.
"""

from __future__ import annotations


class NormalizerError(Exception):
    """Base class of all errors of this package."""


class Problem:
    """One thing wrong in a glossary: where it is, what it is, what to do.

    ``line`` and ``column`` count from 1 in code points; 0 means unknown (a JSON
    glossary). ``check`` is the id of the check that found it.
    """

    __slots__ = ("check", "column", "line", "message", "path")

    def __init__(
        self, path: str, line: int, column: int, message: str, check: str = "load"
    ) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        self.check = check

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}"

    def __repr__(self) -> str:
        return f"Problem({str(self)!r})"


class GlossaryError(NormalizerError):
    """The glossary does not load; ``problems`` holds every reason, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.path, p.line, p.column, p.message))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[GlossaryError], tuple[list[Problem]]]:
        return type(self), (self.problems,)


class InputError(NormalizerError):
    """A text, file or record to be normalized cannot be read or written."""


class LogError(NormalizerError):
    """A log record is broken, missing, or does not belong to the text at hand."""


class UsageError(NormalizerError):
    """The caller asked for something that does not exist (a profile, a setting, a path)."""
