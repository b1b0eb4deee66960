"""Write glossary files in the one canonical way, comments kept.

Keys in the order of the schema, small lists on one line, lines of 100 at most;
entries keep their order and never change what they say.
"""

from __future__ import annotations

from normalizer.cli import messages
from normalizer.cli.dispatch import FAILED, FOUND
from normalizer.errors import GlossaryError, InputError, UsageError
from normalizer.formats.files import NewFile
from normalizer.glossary.files import SHIPPED, glossary_files, shipped_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.cli.arguments import Options, Parser

EXAMPLES = ("normalizer glossary format ours/", "normalizer glossary format --check")


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a YAML file, a folder of them, or the word shipped; with --check none is needed",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="change nothing; exit with 1 if a file is not formatted",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print files and errors only")


def main(options: Options) -> int:
    """Format the files; with ``--check`` the exit code is 1 if one would change."""
    if not options.paths and not options.check:
        raise UsageError("no path; name what to write, such as ours/ or shipped, or use --check")
    files = [
        path
        for root in options.paths or [SHIPPED]
        for path in glossary_files(shipped_path() if root == SHIPPED else root)
        if not path.endswith(".json")
    ]
    changed = failed = 0
    for path in files:
        try:
            if _format(path, write=not options.check):
                print(messages.one_line(path))
                changed += 1
        except GlossaryError as error:
            messages.show_problems(error.problems)
            failed += 1
        except InputError as error:
            messages.fail(str(error))
            failed += 1
        except OSError as error:
            messages.fail(messages.of_os_error(error, path))
            failed += 1
    if not options.quiet:
        done = "would change" if options.check else "changed"
        broken = f", {messages.count(failed, 'file')} failed" if failed else ""
        messages.say(f"{changed} of {messages.count(len(files), 'file')} {done}{broken}")
    if failed:
        return FAILED
    return FOUND if options.check and changed else 0


def _format(path: str, *, write: bool) -> bool:
    """Format one file; return whether it changes."""
    from normalizer.curating.formatting import format_file

    with open(path, "rb") as stream:
        data = stream.read()
    formatted = format_file(path, data)
    if formatted == data:
        return False
    if write:
        file = NewFile(path)
        try:
            file.write(formatted)
            file.finish()
        finally:
            file.discard()
    return True
