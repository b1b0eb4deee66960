"""The arguments of a verb: what it takes, and what was given.

A verb adds its arguments with ``add_argument``, as with argparse. They are read
here, without argparse, whose import and whose parser would take a fifth of a
short run; argparse is only asked to write the help (``help.py``).

Options stand before, between and after the inputs; ``--`` ends them. A value
follows as the next word or behind ``=``, that of a short option also at once:
``-o out``, ``--output=out``, ``-oout``.
"""

from __future__ import annotations

from normalizer.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, Protocol

    class Parser(Protocol):
        """What a verb adds its arguments to."""

        def add_argument(self, *names: str, **settings: Any) -> object:
            """Add an argument, as argparse does."""


HELP = ("-h", "--help")


class Options:
    """The values of the arguments, as attributes."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Arguments:
    """The arguments that a verb takes.

    ``named`` has the names and settings of each, in order. At most one is
    positional; ``action`` is ``store_true``, ``append`` or not given.
    """

    def __init__(self, command: str) -> None:
        self.command = command
        self.named: list[tuple[tuple[str, ...], dict[str, Any]]] = []
        self._options: dict[str, dict[str, Any]] = {}
        self._positional: dict[str, Any] | None = None

    def add_argument(self, *names: str, **settings: Any) -> None:
        """Note an argument."""
        self.named.append((names, settings))
        if names[0].startswith("-"):
            self._options.update(dict.fromkeys(names, settings))
        else:
            self._positional = settings

    def read(self, words: Sequence[str]) -> Options | None:
        """Return the options that words stand for; None if the help is asked for.

        Raises ``UsageError`` for what the verb does not take.
        """
        options = Options()
        for names, settings in self.named:
            setattr(options, dest_of(names, settings), default_of(settings))
        inputs: list[str] = []
        left = iter(words)
        for word in left:
            if word == "--":
                inputs += left
            elif word == "-" or not word.startswith("-"):
                inputs.append(word)
            elif word in HELP:
                return None
            else:
                self._take(options, word, left)
        self._place(options, inputs)
        for names, settings in self.named:
            if settings.get("required") and getattr(options, dest_of(names, settings)) is None:
                raise self._error(f"{names[-1]} is missing")
        return options

    def _take(self, options: Options, word: str, left: Iterator[str]) -> None:
        """Read one option with its value."""
        name, equals, value = word.partition("=")
        if name not in self._options and word[:2] in self._options and not word.startswith("--"):
            name, equals, value = word[:2], "=", word[2:].removeprefix("=")
        settings = self._options.get(name)
        if settings is None:
            raise self._error(f'unknown option "{name}"', self._nearest(name))
        dest = next(dest_of(n, s) for n, s in self.named if s is settings)
        if settings.get("action") == "store_true":
            if equals:
                raise self._error(f"{name} takes no value")
            setattr(options, dest, True)
            return
        if not equals:
            value = next(left, "--")
            if value.startswith("-") and value != "-":
                raise self._error(f"{name} needs a value")
        choices = settings.get("choices")
        if choices and value not in choices:
            raise self._error(f'{name} is "{value}"; expected one of {", ".join(choices)}')
        if settings.get("action") == "append":
            value_or_values: object = [*(getattr(options, dest) or ()), value]
        else:
            value_or_values = value
        setattr(options, dest, value_or_values)

    def _place(self, options: Options, inputs: list[str]) -> None:
        """Give the positional argument its words."""
        if self._positional is None:
            return
        name = self._positional["metavar"]
        count = self._positional.get("nargs")
        if not inputs and count != "*":
            raise self._error(f"{name} is missing")
        if count is None and len(inputs) > 1:
            raise self._error(f'"{inputs[1]}" is too much: one {name} only')
        dest = next(names[0] for names, s in self.named if s is self._positional)
        setattr(options, dest, inputs if count else inputs[0])

    def _nearest(self, name: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(name, self._options, 1)
        return f"did you mean {near[0]}?" if near else ""

    def _error(self, what: str, hint: str = "") -> UsageError:
        return UsageError(f"{what}; {hint or f'{self.command} --help shows what it takes'}")


def dest_of(names: tuple[str, ...], settings: dict[str, Any]) -> str:
    """Return the name of the attribute that an argument sets."""
    dest: str = settings.get("dest") or max(names, key=len).lstrip("-").replace("-", "_")
    return dest


def default_of(settings: dict[str, Any]) -> object:
    """Return the value of an argument that is not given."""
    return settings.get("default", False if settings.get("action") == "store_true" else None)
