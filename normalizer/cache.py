"""The compiled glossary on disk, so that a command starts without reading YAML.

A file's name is the digest of everything that its content depends on: this
package's code, Python, the automaton's build, the profile, the entries left
out, and the glossary's files. So a file is never wrong, only unused; one that
is damaged is made again, and a folder that cannot be written is done without.

``NORMALIZER_CACHE`` names the folder, or is ``off``; by default it is
``normalizer`` in ``XDG_CACHE_HOME``, in ``LOCALAPPDATA`` on Windows, or in
``~/.cache``. On the way to a warm start nothing heavy is imported.
"""

from __future__ import annotations

import os
import sys

from normalizer._version import __version__
from normalizer.digests import sha256_hex
from normalizer.errors import UsageError
from normalizer.glossary.files import SHIPPED, glossary_files, shipped_path
from normalizer.matching.compiled import Compiled
from normalizer.normalizing.normalizer import CompiledNormalizer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import FileIO
    from typing import Any

ENDING = ".bin"
KEPT_FILES = 20
MAP_FROM = 8 * 1024 * 1024  # bytes of a file from which on it is mapped into memory, not read
STALE_SECONDS = 3600

#: Folders of this package whose code has no say in what is compiled.
_OUTER = frozenset(("_shipped", "cli", "formats", "reports", "site", "suggesting", "__pycache__"))


def open_normalizer(
    paths: Sequence[str] = (),
    *,
    profile: str = "house",
    quotes: str | None = None,
    hashtags: str | None = None,
    disable: Sequence[str] = (),
) -> CompiledNormalizer:
    """Return a normalizer for glossaries, compiled now or taken from the cache.

    ``paths`` are files, folders or the word ``shipped``; without any, the shipped
    glossary. ``disable`` holds the ids of entries to leave out.

    Raises ``GlossaryError`` with all problems, ``UsageError`` for what does not exist.
    """
    compiled = open_compiled(paths, profile=profile, disable=disable)
    return CompiledNormalizer(compiled, quotes=quotes, hashtags=hashtags)


def open_compiled(
    paths: Sequence[str] = (), *, profile: str = "house", disable: Sequence[str] = ()
) -> Compiled:
    """Return the tables of glossaries under a profile, compiled now or taken from the cache."""
    roots = [shipped_path() if path == SHIPPED else path for path in paths or (SHIPPED,)]
    folder = cache_folder()
    if folder is None:
        return _compile(roots, profile, disable)
    path = os.path.join(folder, _digest(roots, profile, sorted(set(disable))) + ENDING)
    return _load(path) or _make(path, roots, profile, disable)


def cache_folder() -> str | None:
    """Return the folder of the cache, or None where there is none."""
    chosen = os.environ.get("NORMALIZER_CACHE")
    if chosen:
        return None if chosen == "off" else chosen
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.environ.get("LOCALAPPDATA", "") if os.name == "nt" else ""
    if not base:
        base = os.path.expanduser(os.path.join("~", ".cache"))
    return os.path.join(base, "normalizer") if os.path.isabs(base) else None


# --- the digest ----------------------------------------------------------------------------------


def _digest(roots: list[str], profile: str, disable: list[str]) -> str:
    facts = [__version__, sys.version, sys.byteorder, profile, *disable, "", *_code_state()]
    for root in roots:
        parent, top = os.path.split(os.path.abspath(root))
        for path in glossary_files(root):
            data = _read(path)
            name = f"{os.path.basename(parent)}/{top}{path[len(root) :]}"
            facts.append(f"{sha256_hex(data)} {name}")
    return sha256_hex("\n".join(facts).encode("utf-8", "surrogateescape"))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None


def _code_state() -> Iterator[str]:
    """Yield size and time of every file whose code decides what is compiled."""
    yield from _states_below(os.path.dirname(os.path.abspath(__file__)))
    try:
        import daachorse
    except ImportError:
        yield "no daachorse"
    else:
        yield from _states_below(os.path.dirname(daachorse.__file__))


def _states_below(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            if entry.name.startswith(".") or entry.name in _OUTER:
                continue
            if entry.is_dir():
                yield from _states_below(entry.path)
            else:
                yield f"{entry.name} {_state(entry.path)}"


def _state(path: str) -> str:
    found = os.stat(path)
    return f"{found.st_size} {found.st_mtime_ns}"


# --- the files -----------------------------------------------------------------------------------


def _load(path: str) -> Compiled | None:
    """Return the tables of a file of the cache; None if it is missing, damaged or foreign."""
    try:
        with open(path, "rb", buffering=0) as file:
            large = os.fstat(file.fileno()).st_size > MAP_FROM
            return Compiled.from_bytes(_map(file) if large else file.read())
    except (OSError, ValueError, TypeError, LookupError, EOFError, ArithmeticError):
        return None


def _map(file: FileIO) -> bytes:
    """Return the bytes of a large file without copying them."""
    import mmap

    mapped: Any = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    data: bytes = mapped
    return data


def _make(path: str, roots: list[str], profile: str, disable: Sequence[str]) -> Compiled:
    """Compile and store; of several processes that want the same file, one does the work."""
    with _Lock(path):
        compiled = _load(path)
        if compiled is None:
            _say_that_it_takes_a_while()
            compiled = _compile(roots, profile, disable)
            _store(path, compiled.to_bytes())
    return compiled


def _say_that_it_takes_a_while() -> None:
    """Tell a person at a terminal why nothing happens for some seconds."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("normalizer: compiling the glossary; the next run finds it ready\n")


def _compile(roots: list[str], profile: str, disable: Sequence[str]) -> Compiled:
    """Read and check the glossaries, and compile them."""
    from normalizer.curating.linting import find_problems, load_glossary
    from normalizer.errors import GlossaryError
    from normalizer.matching.compiling import compile_glossary

    glossary = load_glossary(*roots, disable=disable, check=False)
    compiled = compile_glossary(glossary, profile)
    # Examples state what the house style makes of them.
    normalizer = CompiledNormalizer(compiled) if profile == "house" else None
    problems = find_problems(glossary, normalizer)
    if problems:
        raise GlossaryError(problems)
    return compiled


def _store(path: str, data: bytes) -> None:
    """Write a file of the cache in one step, and drop those long unused; never raises."""
    unfinished = f"{path}.{os.getpid()}.{os.urandom(4).hex()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            with open(unfinished, "xb") as file:
                file.write(data)
            os.replace(unfinished, path)
        except BaseException:
            os.unlink(unfinished)
            raise
        _prune(os.path.dirname(path))
    except OSError:
        pass


def _prune(folder: str) -> None:
    """Keep the newest files of the cache; drop the others and what crashes left behind."""
    import time

    now = time.time()
    finished = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ENDING):
                finished.append((entry.stat().st_mtime, entry.path))
            elif entry.stat().st_mtime < now - STALE_SECONDS:
                os.unlink(entry.path)  # what a crash left behind
    for _, path in sorted(finished, reverse=True)[KEPT_FILES:]:
        os.unlink(path)


class _Lock:
    """Held while a file of the cache is made; does nothing where locks cannot be had."""

    def __init__(self, path: str) -> None:
        self._path = f"{path}.lock"
        self._file: Any = None

    def __enter__(self) -> None:
        try:
            import fcntl

            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            self._file = open(self._path, "wb")
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except (ImportError, OSError):
            pass

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            try:  # noqa: SIM105 - no contextlib on the way to a warm start
                os.unlink(self._path)
            except OSError:
                pass
