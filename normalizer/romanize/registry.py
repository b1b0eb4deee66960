"""The shipped schemes by name and by language, read once when first asked for."""

from __future__ import annotations

import difflib
from functools import cache
from importlib import resources

from normalizer.errors import UsageError
from normalizer.romanize import scheme as reading
from normalizer.romanize.scheme import Scheme

_FOLDER = resources.files("normalizer.romanize") / "schemes"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all shipped schemes, sorted."""
    files = (path.name for path in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in files if name.endswith(".yaml")))


@cache
def scheme(name: str) -> Scheme:
    """Return a shipped scheme.

    Raises ``UsageError`` for an unknown name, ``SchemeError`` for a broken file.
    """
    if name not in names():
        raise UsageError(f'no scheme is named "{name}"{_nearest(name, names())}')
    path = _FOLDER / f"{name}.yaml"
    return reading.read(str(path), path.read_bytes(), scheme)


@cache
def schemes(language: str) -> tuple[Scheme, ...]:
    """Return the schemes of a language (an ISO 639 code such as ``ru``), sorted by name.

    Raises ``UsageError`` for a language without schemes.
    """
    if language not in languages():
        raise UsageError(
            f'no scheme is for the language "{language}"{_nearest(language, languages())}'
        )
    return tuple(scheme(name) for name, code in _languages().items() if code == language)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have schemes, sorted."""
    return tuple(sorted(set(_languages().values())))


@cache
def _languages() -> dict[str, str]:
    """Return the language of every scheme, from its file but without reading it as YAML."""
    return {
        name: line.split(":")[1].strip()
        for name in names()
        for line in (_FOLDER / f"{name}.yaml").read_text("utf-8").splitlines()
        if line.startswith("language:")
    }


def _nearest(word: str, known: tuple[str, ...]) -> str:
    found = difflib.get_close_matches(word, known, 3, 0.5) or known
    return (
        f"; did you mean {', '.join(found[:3])}?"
        if len(found) < len(known)
        else f"; there are {', '.join(known)}"
    )
