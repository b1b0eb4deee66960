"""The arguments of a verb, read without argparse where they are plain.

Importing argparse and building its parser would take a fifth of a short run.
So the calls of ``add_argument`` are recorded first, and what is right is read
from that record; help, mistakes and rarer ways of writing go to argparse, which
is built from the same calls.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol

    class Parser(Protocol):
        """What a verb adds its arguments to: a record, or argparse."""

        def add_argument(self, *names: str, **settings: Any) -> object:
            """Add an argument, as argparse does."""


class Options:
    """The values of the arguments, as attributes."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Record:
    """The arguments of a verb as its calls of ``add_argument`` describe them.

    ``named`` has each call's names and settings, in order.
    """

    def __init__(self) -> None:
        self._options: dict[str, dict[str, Any]] = {}
        self._positional: dict[str, Any] = {}
        self._all: list[dict[str, Any]] = []
        self.named: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def add_argument(self, *names: str, **settings: Any) -> None:
        """Note an argument. At most one has no name that begins with a hyphen."""
        self.named.append((names, dict(settings)))
        longest = max(names, key=len)
        settings.setdefault("dest", longest.lstrip("-").replace("-", "_"))
        settings.setdefault("default", False if settings.get("action") == "store_true" else None)
        if names[0].startswith("-"):
            self._options.update(dict.fromkeys(names, settings))
        else:
            self._positional = settings
        self._all.append(settings)

    def read(self, arguments: Sequence[str]) -> Options | None:
        """Return the options; None where argparse has to look at the arguments."""
        options = Options()
        for settings in self._all:
            setattr(options, settings["dest"], settings["default"])
        words: list[str] = []
        left = iter(arguments)
        for word in left:
            if word == "--":
                words += left
            elif not word.startswith("-") or word == "-":
                words.append(word)
            elif not self._take(options, word, left):
                return None
        missing = any(
            settings.get("required") and getattr(options, settings["dest"]) is None
            for settings in self._all
        )
        return options if not missing and self._place(options, words) else None

    def _take(self, options: Options, word: str, left: Any) -> bool:
        """Read one option with its value; return whether it was right."""
        name, equals, value = word.partition("=")
        settings = self._options.get(name)
        if settings is None:
            return False
        action = settings.get("action")
        if action == "store_true":
            setattr(options, settings["dest"], True)
            return not equals
        if not equals:
            value = next(left, "-")
            if value.startswith("-"):
                return False
        if value not in settings.get("choices", (value,)):
            return False
        if action == "append":
            setattr(options, settings["dest"], [*(getattr(options, settings["dest"]) or ()), value])
        else:
            setattr(options, settings["dest"], value)
        return True

    def _place(self, options: Options, words: list[str]) -> bool:
        """Give the positional argument its words; return whether their number is right."""
        if not self._positional:
            return not words
        count = self._positional.get("nargs")
        if count is None:
            setattr(options, self._positional["dest"], words[0] if words else None)
            return len(words) == 1
        setattr(options, self._positional["dest"], words)
        return bool(words) or count == "*"
