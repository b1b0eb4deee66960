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

EXAMPLES = (
    "normalizer glossary lint",
    "normalizer glossary lint shipped ours/",
    "normalizer glossary lint --collisions ours/",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a glossary file or folder, or the word shipped; without any, the shipped glossary",
    )
    parser.add_argument(
        "--collisions",
        action="store_true",
        help="also list derived spellings that are words, places or names of others; no problems",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print problems only")


def main(options: Options) -> int:
    """Print the problems; the exit code is 1 if there are any."""
    problems, summary, collisions = _lint(options.paths, collisions=options.collisions)
    for line in (*map(str, problems), *collisions):
        print(messages.one_line(line))
    if not options.quiet:
        messages.say(f"{summary}{messages.count(len(problems), 'problem')}")
    return FOUND if problems else 0


def _lint(paths: list[str], *, collisions: bool) -> tuple[list[Problem], str, list[str]]:
    """Return the problems, what was looked at, and the collisions if they are asked for."""
    from normalizer.curating import derivations
    from normalizer.curating.linting import find_problems, load_glossary

    try:
        glossary = load_glossary(*paths, check=False)
    except GlossaryError as error:
        return error.problems, "", []
    profiles = ", ".join(sorted(glossary.profiles))
    summary = f"{messages.count(len(glossary), 'entry')}, profiles: {profiles}; "
    lines = map(str, derivations.collisions(glossary)) if collisions else ()
    return find_problems(glossary), summary.replace("entrys", "entries"), list(lines)
