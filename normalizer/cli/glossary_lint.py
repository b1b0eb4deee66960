"""List every problem of a glossary, as file:line:column.

Without a path the shipped glossary is checked. Several paths are one glossary,
as with --glossary. Exit code 1 if there is a problem.
"""

from __future__ import annotations

from normalizer.cli import messages
from normalizer.cli.dispatch import FOUND
from normalizer.errors import GlossaryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.cli.arguments import Options, Parser
    from normalizer.errors import Problem

EXAMPLES = ("normalizer glossary lint", "normalizer glossary lint shipped ours/")


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a glossary file or folder, or the word shipped; without any, the shipped glossary",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print problems only")


def main(options: Options) -> int:
    """Print the problems; the exit code is 1 if there are any."""
    problems, summary = _lint(options.paths)
    for problem in problems:
        print(messages.one_line(str(problem)))
    if not options.quiet:
        messages.say(f"{summary}{messages.count(len(problems), 'problem')}")
    return FOUND if problems else 0


def _lint(paths: list[str]) -> tuple[list[Problem], str]:
    from normalizer.curating.linting import find_problems, load_glossary

    try:
        glossary = load_glossary(*paths, check=False)
    except GlossaryError as error:
        return error.problems, ""
    profiles = ", ".join(sorted(glossary.profiles))
    summary = f"{messages.count(len(glossary), 'entry')}, profiles: {profiles}; "
    return find_problems(glossary), summary.replace("entrys", "entries")
