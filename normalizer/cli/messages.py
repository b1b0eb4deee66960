"""What the command says on standard error: one line, ``normalizer: what; what to do``."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from normalizer.errors import Problem

#: What to do, by the name of the error that the system gives.
_ADVICE = {
    "FileNotFoundError": "no such file or folder; check the path",
    "PermissionError": "permission denied; change its permissions",
    "IsADirectoryError": "is a folder; name a file",
    "NotADirectoryError": "part of the path is a file, not a folder; check the path",
    "FileExistsError": "a file is in the way of a folder; choose another place",
}


def prepare_streams() -> None:
    """Let no character that a terminal lacks end the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    if sys.stderr is not None:
        print(text, file=sys.stderr)


def fail(text: str) -> None:
    """Print an error: what is wrong and what to do."""
    say(f"normalizer: {one_line(text)}")


def show_problems(problems: Iterable[Problem]) -> None:
    """Print the problems of a glossary, one a line."""
    for problem in problems:
        say(one_line(str(problem)))


def glossary_summary(problems: Sequence[Problem]) -> str:
    """Return what is left to say after the problems of a glossary."""
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    return f"the glossary does not load: {count}; correct them and try again"


def of_os_error(error: OSError, path: str | None = None) -> str:
    """Return a message for an error of the system, with the path that it is about."""
    path = path if path is not None else error.filename
    what = _ADVICE.get(type(error).__name__) or error.strerror or str(error)
    if error.errno is not None and type(error).__name__ not in _ADVICE:
        what = f"{what[:1].lower()}{what[1:]}"
    return f"{path}: {what}" if path is not None else what


def one_line(text: str) -> str:
    """Return a text with its control characters escaped, so that it stays on its line.

    >>> one_line("a\\nb")
    'a\\\\nb'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or "\\ud800" <= char <= "\\udfff" else _escape(char)
        for char in text
    )


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii") if char.isascii() or not char.isalnum() else char
