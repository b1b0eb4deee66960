"""Where each output goes, and where the log goes. Nothing is written here.

An output is never one of the inputs unless ``--in-place`` says so.
"""

from __future__ import annotations

import os

from normalizer.errors import UsageError
from normalizer.formats.log_file import LOG_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalizer.cli.arguments import Options, Parser
    from normalizer.cli.inputs import Input


def add_output_options(parser: Parser) -> None:
    """Add where the outputs go."""
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a folder, made where needed, for the same tree of files; for one input also a file: "
        "a path with an ending, such as out.txt",
    )
    parser.add_argument(
        "--in-place", action="store_true", help="let the outputs take the inputs' places"
    )


class Places:
    """Where the outputs of a run go: a folder, one file, the inputs' places, or standard output."""

    __slots__ = ("file", "folder", "in_place")

    def __init__(self, options: Options) -> None:
        arguments: Sequence[str] = options.inputs
        output: str | None = options.output
        self.in_place: bool = options.in_place
        self.folder: str | None = None
        self.file: str | None = None
        if self.in_place:
            if output is not None:
                raise UsageError("-o and --in-place exclude each other; choose one")
            if "-" in arguments:
                raise UsageError("standard input has no place to write to; leave out --in-place")
        elif output == "":
            raise UsageError("-o is empty; name a file or folder")
        elif output is not None:
            if _is_folder(output, arguments):
                self.folder = output
            else:
                self.file = output
            _check_folder(self.folder, arguments)
        elif len(set(arguments)) > 1 or os.path.isdir(arguments[0]):
            raise UsageError("several outputs need a place; give -o FOLDER or --in-place")

    @property
    def is_stdout(self) -> bool:
        """Whether the one output goes to standard output."""
        return not self.in_place and self.folder is None and self.file is None

    def target(self, item: Input) -> str | None:
        """Return the path of an input's output; None for standard output."""
        if self.folder is not None:
            return os.path.join(self.folder, *item.name.split("/"))
        return item.path if self.in_place else self.file

    def log_path(self, chosen: str | None) -> str | None:
        """Return the path of the log; None if there is to be none."""
        if chosen in ("", "-"):
            raise UsageError("--log needs the path of a file")
        if chosen is not None:
            return chosen
        if self.folder is not None:
            return os.path.join(self.folder, LOG_NAME)
        if self.file is not None and not _is_device(self.file):
            return os.path.join(os.path.dirname(self.file), LOG_NAME)
        return LOG_NAME if self.in_place else None


def _check_folder(folder: str | None, arguments: Sequence[str]) -> None:
    if folder is None:
        return
    if set(arguments) == {"-"}:
        name = f"{folder.rstrip('/')}/text.txt"
        raise UsageError(f"{folder}: standard input has no name; name a file, such as {name}")
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise UsageError(f"{folder}: is a file; several outputs need a folder")


def _is_folder(output: str, arguments: Sequence[str]) -> bool:
    """Tell whether an output is a folder: it is one, is written as one, or has no ending."""
    if len(set(arguments)) > 1 or os.path.isdir(arguments[0]):
        return True
    if os.path.isdir(output) or output.endswith(("/", os.sep)):
        return True
    if os.path.exists(output) or arguments[0] == "-":
        return False
    return not os.path.splitext(output)[1]


def _is_device(path: str) -> bool:
    """Tell whether a path is there and no file: a device or a pipe, beside which no log belongs."""
    return os.path.exists(path) and not os.path.isfile(path)


def refuse_overwriting(inputs: Sequence[Input], places: Places, log: str | None) -> None:
    """Raise ``UsageError`` where an output or the log would be one of the inputs."""
    files = {_identity(item.path): item.path for item in inputs if not item.is_stdin}
    files.pop(None, None)
    targets = [] if places.in_place else [places.target(item) for item in inputs]
    for target in targets:
        if target is not None and _identity(target) in files:
            raise UsageError(
                f"{target}: is also an input; choose another place with -o, or give --in-place"
            )
    if log is not None:
        if _identity(log) in files:
            raise UsageError(f"{log}: is also an input; choose another log with --log")
        if os.path.realpath(log) in {os.path.realpath(target) for target in targets if target}:
            raise UsageError(f"{log}: is also an output; choose another log with --log")


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
