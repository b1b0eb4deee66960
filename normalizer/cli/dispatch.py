"""From the arguments to a verb, and from its errors to an exit code.

Exit codes: 0 nothing found; 1 found; 2 wrong usage, or the glossary does not
load; 3 some inputs failed, the rest is done; 130 interrupted; 141 nobody reads
the output any more. A person never sees a traceback.
"""

from __future__ import annotations

import os
import sys

from normalizer._version import __version__
from normalizer.cli import messages
from normalizer.cli.arguments import HELP, Arguments
from normalizer.errors import GlossaryError, NormalizerError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

FOUND, USAGE, FAILED, INTERRUPTED, BROKEN_PIPE = 1, 2, 3, 130, 141

#: What each verb does, in one line; its module has the verb's name.
VERBS = {
    "run": "rewrite files, folders or standard input, and log every substitution",
    "check": "say what would be rewritten, as path:line:column",
    "undo": "restore the original from an output and the log",
    "verify": "compare an output with what the log says of it",
    "suggest": "find names that are probably a known entry, spelled as nobody listed",
    "explain": "tell which entry a spelling belongs to, by which rule, and why",
    "romanize": "tell how a name is written under each romanization system",
    "glossary": "check, format or show the glossary",
}

GLOSSARY_VERBS = {
    "lint": "list every problem of a glossary as file:line:column",
    "format": "write glossary files in the one canonical way",
    "add": "add a spelling to an entry's variants",
    "show": "print one entry in full",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except BrokenPipeError:
        _silence()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except GlossaryError as error:
        messages.show_problems(error.problems)
        messages.fail(messages.glossary_summary(error.problems))
        return USAGE
    except UsageError as error:
        messages.fail(str(error))
        return USAGE
    except NormalizerError as error:
        messages.fail(str(error))
        return FAILED
    except OSError as error:
        messages.fail(messages.of_os_error(error))
        _silence()
        return FAILED
    except MemoryError:
        messages.fail("out of memory; split the input into smaller files")
        return FAILED
    except Exception as error:
        if os.environ.get("NORMALIZER_DEBUG"):
            raise
        messages.fail(
            f"an error of this program ({type(error).__name__}: {error}); please report it, "
            "with what NORMALIZER_DEBUG=1 shows"
        )
        return FAILED
    return code


def _run(words: list[str]) -> int:
    messages.prepare_streams()
    verb = words[0] if words else "--help"
    if verb == "help":
        return _run([*words[1:], "--help"])
    if verb in HELP:
        return _print_overview("normalizer", VERBS)
    if verb in ("-V", "--version"):
        print(f"normalizer {__version__}")
        return 0
    if verb not in VERBS:
        raise UsageError(_unknown(verb, (*VERBS, "--help", "--version"), "normalizer"))
    if verb != "glossary":
        return _call(f"normalizer {verb}", module_of(verb), words[1:])
    name = words[1] if len(words) > 1 else "--help"
    if name in HELP:
        return _print_overview("normalizer glossary", GLOSSARY_VERBS)
    if name not in GLOSSARY_VERBS:
        raise UsageError(_unknown(name, (*GLOSSARY_VERBS, "--help"), "normalizer glossary"))
    return _call(f"normalizer glossary {name}", module_of(f"glossary {name}"), words[2:])


def module_of(verb: str) -> ModuleType:
    """Return the module of a verb: ``glossary_lint.py`` for ``glossary lint``."""
    path = f"normalizer.cli.{verb.replace(' ', '_')}"
    __import__(path)
    return sys.modules[path]


def _call(command: str, module: ModuleType, words: list[str]) -> int:
    arguments = Arguments(command)
    module.add_arguments(arguments)
    options = arguments.read(words)
    if options is None:
        from normalizer.cli.help import help_text

        print(help_text(module, command), end="")
        return 0
    code: int = module.main(options)
    return code


def _print_overview(command: str, verbs: dict[str, str]) -> int:
    print(f"usage: {command} VERB ...\n")
    if command == "normalizer":
        print("One spelling per person, weapon, place and organization, in English text.\n")
    width = max(map(len, verbs)) + 2
    for name, summary in verbs.items():
        print(f"  {name:<{width}}{summary}")
    example = "normalizer run draft.txt -o out" if command == "normalizer" else f"{command} lint"
    print(f"\n  example: {example}\n  {command} VERB --help tells the rest.")
    if command == "normalizer":
        print("  normalizer --version tells the version.")
    return 0


def _unknown(word: str, known: Sequence[str], command: str) -> str:
    from difflib import get_close_matches

    kind = "option" if word.startswith("-") else "command"
    near = get_close_matches(word, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"{command} --help lists them"
    return f'unknown {kind} "{word}"; {hint}'


def _silence() -> None:
    """Let nothing complain at the end about an output that nobody reads or that is full."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                os.dup2(descriptor, stream.fileno())
    except (OSError, ValueError):
        pass
