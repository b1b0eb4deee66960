"""The log on disk: appended to, never truncated, a whole line at a time; and read back.

A line that a crash cut short harms no other: the next append begins a new line,
and reading passes over what is no record, counting it.
"""

from __future__ import annotations

import os

from normalizer.errors import InputError, LogError
from normalizer.log import from_line, texts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from normalizer.normalizing.result import Record

LOG_NAME = "normalizer-log.jsonl"


class LogFile:
    """A log that lines are appended to; safe for several processes at once.

    Raises ``InputError`` for a file that is there and is no log.
    """

    __slots__ = ("_descriptor", "_torn", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        folder = os.path.dirname(path)
        if folder and not os.path.isdir(folder):
            os.makedirs(folder, exist_ok=True)
        self._torn = not _ends_well(path)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path, flags, 0o666)

    def append(self, lines: bytes) -> None:
        """Add whole lines in one write, as far as the system takes them in one."""
        rest = memoryview(b"\n" + lines if self._torn else lines)
        while rest:
            self._torn = True  # if the rest does not fit any more
            rest = rest[os.write(self._descriptor, rest) :]
        self._torn = False

    def sync(self) -> None:
        """Bring what was appended to the disk, as far as the file is on one."""
        try:  # noqa: SIM105 - no contextlib on the way to a warm start
            os.fsync(self._descriptor)
        except OSError:
            pass  # a pipe or a terminal

    def close(self) -> None:
        """Close the file; nothing can be appended any more."""
        os.close(self._descriptor)


def _ends_well(path: str) -> bool:
    """Tell whether a log can be appended to as it is; False if its last line was cut short."""
    if not os.path.isfile(path):
        return True
    with open(path, "rb") as file:
        first = file.read(1)
        if not first:
            return True
        if first != b"{":
            raise InputError(f"{path}: is no log of this program; name another file with --log")
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


class Spool:
    """Lines that wait until the file they tell of is complete; a large number of them on disk."""

    LIMIT = 8 * 1024 * 1024

    __slots__ = ("_file", "_lines", "_size")

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0
        self._file: BinaryIO | None = None

    def add(self, line: bytes) -> None:
        """Keep a line."""
        self._lines.append(line)
        self._size += len(line)
        if self._size > self.LIMIT:
            self._spill()

    def _spill(self) -> None:
        import tempfile

        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - see close
        self._file.writelines(self._lines)
        self._lines.clear()
        self._size = 0

    def lines(self) -> Iterator[bytes]:
        """Yield the lines in the order in which they came, several at a time."""
        if self._file is not None:
            self._spill()
            self._file.seek(0)
            while lines := self._file.readlines(1024 * 1024):
                yield b"".join(lines)
        elif self._lines:
            yield b"".join(self._lines)

    def close(self) -> None:
        """Forget all lines."""
        self._lines.clear()
        if self._file is not None:
            self._file.close()


class LogIndex:
    """The records of a log by the digests of their outputs and by their ids.

    Holds places in the file, not records, so a log of millions can be searched.
    ``broken`` counts the lines that are no record.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.broken = 0
        self.fields: dict[str, None] = {}
        self.encodings: dict[str, None] = {}
        self._by_output: dict[tuple[str | None, str], list[int]] = {}
        self._by_source: dict[tuple[str | None, str], list[int]] = {}
        self._by_id: dict[str, list[int]] = {}
        try:
            self._file = open(path, "rb")  # noqa: SIM115 - see close
        except OSError as error:
            what = f"{error.strerror}"[:1].lower() + f"{error.strerror}"[1:]
            raise InputError(f"{path}: the log cannot be read: {what}; check --log") from None
        place = 0
        for line in self._file:
            if line.strip():
                self._add(line, place)
            place += len(line)

    def _add(self, line: bytes, place: int) -> None:
        try:
            record = from_line(line)
        except LogError:
            self.broken += 1
            return
        for field, (source, output) in texts_of(record).items():
            self._by_output.setdefault((field, output), []).append(place)
            self._by_source.setdefault((field, source), []).append(place)
            if field is not None:
                self.fields[field] = None
                self.encodings[str(record.get("encoding"))] = None
        self._by_id.setdefault(str(record.get("id")), []).append(place)

    def with_outputs(self, digests: Iterable[tuple[str | None, str]]) -> list[Record]:
        """Return the records that have all these outputs, newest first."""
        return self._with_all(digests, self._by_output)

    def with_sources(self, digests: Iterable[tuple[str | None, str]]) -> list[Record]:
        """Return the records that have all these sources, newest first."""
        return self._with_all(digests, self._by_source)

    def _with_all(
        self,
        digests: Iterable[tuple[str | None, str]],
        known: dict[tuple[str | None, str], list[int]],
    ) -> list[Record]:
        places: set[int] | None = None
        for pair in digests:
            found = set(known.get(pair, ()))
            places = found if places is None else places & found
        return [self._record(place) for place in sorted(places or (), reverse=True)]

    def with_id(self, record_id: str) -> list[Record]:
        """Return the records with an id, newest first."""
        return [self._record(place) for place in reversed(self._by_id.get(record_id, ()))]

    def ids(self) -> list[str]:
        """Return all ids."""
        return list(self._by_id)

    def _record(self, place: int) -> Record:
        self._file.seek(place)
        return from_line(self._file.readline())

    def __enter__(self) -> LogIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
