"""The parser of a verb: argparse with errors of one line and suggestions."""

from __future__ import annotations

import argparse

from normalizer.cli.arguments import Options
from normalizer.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """Raises ``UsageError`` where argparse would print its usage and exit."""

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` with what argparse has to say, and where the help is."""
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message:
            word = unknown.split()[0]
            message = (
                f'unknown option "{word}"' if word.startswith("-") else f'"{unknown}" is too much'
            )
            message += self._suggestion(word)
        raise UsageError(f"{message}; {self.prog} --help lists the options")

    def _suggestion(self, word: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(word, self._option_string_actions, 1)
        return f", did you mean {near[0]}?" if near and word.startswith("-") else ""


def make_parser(module: ModuleType, words: list[str]) -> Parser:
    """Return the parser of a verb from its module: ``SUMMARY``, ``EXAMPLES``, ``add_arguments``."""
    examples = "\n".join(f"  {example}" for example in module.EXAMPLES)
    parser = Parser(
        prog=" ".join(["normalizer", *words]),
        description=module.__doc__.partition("\n")[0] if module.__doc__ else None,
        epilog=f"example{'s' if len(module.EXAMPLES) > 1 else ''}:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    return parser


def parse(parser: Parser, arguments: list[str]) -> Options:
    """Return the options, which may stand before, between and after the inputs."""
    options = Options()
    parser.parse_intermixed_args(arguments, options)
    return options
