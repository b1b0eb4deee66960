"""What the command says on standard error: one line, ``normalizer: what; what to do``."""

from __future__ import annotations

import sys
from errno import errorcode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from normalizer.errors import Problem

#: What is wrong and what to do, by the name of the system's error.
_ADVICE = {
    "EACCES": "permission denied; change its permissions, or choose another place",
    "EDQUOT": "the disk quota is used up; free some space, what was there is untouched",
    "EEXIST": "a file is in the way of a folder; choose another place",
    "EFBIG": "too large for this file system or limit; what was there is untouched",
    "EISDIR": "is a folder; name a file",
    "ENAMETOOLONG": "the name is too long; choose a shorter one",
    "ENOENT": "no such file or folder; check the path",
    "ENOSPC": "no space left on the disk; free some, what was there is untouched",
    "ENOTDIR": "part of the path is a file, not a folder; check the path",
    "EPERM": "not permitted; change its permissions, or choose another place",
    "EROFS": "is on a read-only file system; choose another place",
}


def prepare_streams() -> None:
    """Let no character that a terminal lacks end the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    if sys.stderr is not None:
        if sys.stdout is not None:
            try:  # noqa: SIM105 - no contextlib on the way to a warm start
                sys.stdout.flush()  # what was found comes before what is said of it
            except OSError:
                pass  # a full or closed output is told by whoever writes to it
        print(text, file=sys.stderr)


def fail(text: str) -> None:
    """Print an error: what is wrong and what to do."""
    say(f"normalizer: {one_line(text)}")


def with_path(path: str, message: str) -> str:
    """Return a message that says which file it is about, once."""
    return message if message.startswith(f"{path}:") else f"{path}: {message}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "document"), count(2000, "document")
    ('1 document', '2,000 documents')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def did_you_mean(near: Sequence[str]) -> str:
    """Return a hint from the names that are near what was typed.

    >>> did_you_mean(["a", "b", "c"])
    'did you mean a, b or c?'
    """
    if not near:
        return "the glossary has nothing like it"
    return f"did you mean {' or '.join(filter(None, (', '.join(near[:-1]), near[-1])))}?"


def show_problems(problems: Iterable[Problem]) -> None:
    """Print the problems of a glossary, one a line."""
    for problem in problems:
        say(one_line(str(problem)))


def glossary_summary(problems: Sequence[Problem]) -> str:
    """Return what is left to say after the problems of a glossary."""
    number = count(len(problems), "problem")
    return f"the glossary does not load: {number}; correct and try again"


def of_os_error(error: OSError, path: str | None = None) -> str:
    """Return a message for an error of the system, with the path that it is about.

    ``path`` is the one that is meant where the system names none.
    """
    if isinstance(error.filename, str):
        path = error.filename
    what = _ADVICE.get(errorcode.get(error.errno or 0, "")) or error.strerror or str(error)
    return f"{path}: {what[:1].lower()}{what[1:]}" if path is not None else what


def one_line(text: str) -> str:
    r"""Return a text with its control characters escaped, so that it stays on its line.

    >>> print(one_line("a\nb"))
    a\nb
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or "\\ud800" <= char <= "\\udfff" else _escape(char)
        for char in text
    )


def _escape(char: str) -> str:
    return (
        char.encode("unicode_escape").decode("ascii")
        if char.isascii() or not char.isalnum()
        else char
    )
