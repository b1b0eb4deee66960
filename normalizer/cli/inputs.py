"""From the arguments to the files that are read, in a fixed order.

A folder stands for its files with known endings, hidden ones and logs left out.
A file's ``name`` is its path relative to the run's root: the folder that was
given, or what several inputs have in common.
"""

from __future__ import annotations

import os
import sys

from normalizer.cli import messages
from normalizer.errors import InputError, UsageError
from normalizer.formats.log_file import LOG_NAME
from normalizer.formats.registry import PLAIN, format_of, known_endings, load_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import BinaryIO

    from normalizer.formats.pieces import Format

STDIN = "-"


class Input:
    """One input: its path as given or found, and its name in the log and the output tree."""

    __slots__ = ("form", "name", "path")

    def __init__(self, path: str, name: str, form: str) -> None:
        self.path = path
        self.name = name
        self.form = form

    @property
    def is_stdin(self) -> bool:
        """Whether this is standard input."""
        return self.path == STDIN

    @property
    def format(self) -> Format:
        """The module of the format."""
        return load_format(self.form)

    def open(self) -> BinaryIO:
        """Open the input for reading."""
        if not self.is_stdin:
            return open(self.path, "rb")
        if sys.stdin is None:
            raise InputError("-: standard input is closed; name a file")
        return sys.stdin.buffer


class Inputs:
    """What was found: the inputs in order, how many files were of no known format, what failed."""

    __slots__ = ("failed", "files", "single", "skipped")

    def __init__(self) -> None:
        self.files: list[Input] = []
        self.skipped = 0
        self.failed = 0
        self.single = False


def find_inputs(
    arguments: Sequence[str], form: str | None, leave_out: Collection[str] = ()
) -> Inputs:
    """Return the files that arguments stand for; what cannot be read is told and counted.

    ``leave_out`` holds the real paths of files and folders inside the inputs
    that are outputs. Raises ``UsageError`` for standard input beside others.
    """
    found = Inputs()
    if STDIN in arguments:
        if len(set(arguments)) > 1:
            raise UsageError(
                "- stands for standard input and must be the only input; remove the rest"
            )
        found.files.append(Input(STDIN, STDIN, form or PLAIN))
        found.single = True
        return found
    root = _common_root(arguments)
    seen: set[str] = set()
    found.single = len(set(arguments)) == 1 and not os.path.isdir(arguments[0])
    for argument in arguments:
        before = len(found.files), found.skipped, found.failed
        for path in _expand(argument, found, leave_out):
            known = format_of(path)
            if known is None and form is None and path != argument:
                found.skipped += 1
                continue
            absolute = os.path.abspath(path)
            if absolute not in seen:
                seen.add(absolute)
                name = os.path.relpath(path, root).replace(os.sep, "/")
                found.files.append(Input(path, name, form or known or PLAIN))
        if before[0] == len(found.files) and before[2] == found.failed and os.path.isdir(argument):
            messages.fail(f"{argument}: no file to read in this folder; {known_endings()} are read")
            found.failed += 1
    return found


def _common_root(arguments: Sequence[str]) -> str:
    """Return the folder that names are relative to."""
    folders = [
        path if os.path.isdir(path) else os.path.dirname(path)
        for path in map(os.path.abspath, arguments)
    ]
    try:
        return os.path.commonpath(folders)
    except ValueError:
        raise UsageError("the inputs are on different drives; run them one by one") from None


def _expand(argument: str, found: Inputs, leave_out: Collection[str]) -> Iterator[str]:
    """Yield the files of an argument; tell what cannot be read."""
    if not argument:
        raise UsageError("an input is empty; name a file or folder, or - for standard input")
    if os.path.isdir(argument):
        yield from _walk(argument, found, leave_out)
    elif os.path.exists(argument):
        yield argument
    else:
        messages.fail(f"{argument}: no such file or folder; check the path")
        found.failed += 1


def _walk(folder: str, found: Inputs, leave_out: Collection[str]) -> Iterator[str]:
    def tell(error: OSError) -> None:
        messages.fail(messages.of_os_error(error))
        found.failed += 1

    for base, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(
            name for name in folders if _is_wanted(os.path.join(base, name), name, leave_out)
        )
        for name in sorted(names):
            path = os.path.join(base, name)
            is_file = os.path.isfile(path) or os.path.islink(path)
            if is_file and name != LOG_NAME and _is_wanted(path, name, leave_out):
                yield path


def _is_wanted(path: str, name: str, leave_out: Collection[str]) -> bool:
    return not name.startswith(".") and not (leave_out and os.path.realpath(path) in leave_out)


def each(inputs: Sequence[Input], *, quiet: bool, action: Callable[[Input], None]) -> None:
    """Do something with each input, with a progress bar if there are several and a terminal."""
    if len(inputs) < 2 or quiet or sys.stderr is None or not sys.stderr.isatty():
        for item in inputs:
            action(item)
        return
    from rich.console import Console
    from rich.progress import track

    for item in track(inputs, "", console=Console(stderr=True), transient=True):
        action(item)
