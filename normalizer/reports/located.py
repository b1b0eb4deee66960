"""A finding with the place where a person looks for it: path, line and column, from 1."""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Protocol

    from normalizer.normalizing.result import Finding

    class Report(Protocol):
        """What the module of a report offers."""

        def render(self, findings: Iterable[Located], *, color: bool) -> Iterator[str]:
            """Yield the lines of a report as soon as they are known."""


class Located:
    """A finding with its place.

    ``line`` and ``column`` count from 1, columns in code points. In a record
    ``line`` is that of the record, and ``column`` that of the field's text.
    """

    __slots__ = ("column", "end_column", "end_line", "field", "finding", "id", "line", "path")

    def __init__(
        self,
        *,
        path: str,
        id: str,  # noqa: A002 - the name that the log gives it
        field: str | None,
        start: tuple[int, int],
        end: tuple[int, int],
        finding: Finding,
    ) -> None:
        self.path = path
        self.id = id
        self.field = field
        self.line, self.column = start
        self.end_line, self.end_column = end
        self.finding = finding


class Lines:
    r"""Where the lines of a text begin. A line ends with LF, CR LF or CR, as in editors.

    >>> Lines("a\r\nbc").place(4)
    (2, 2)
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        starts = [0]
        at = text.find("\n")
        if "\r" in text:
            starts += _starts_with_cr(text)
        else:
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
        self._starts = starts

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of an offset in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _starts_with_cr(text: str) -> Iterator[int]:
    for at, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
            yield at + 1


def show(text: str) -> str:
    r"""Return a spelling for one line of a report: line breaks and controls made visible.

    >>> show("Kim\nJong-un")
    'Kim⏎Jong-un'
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
