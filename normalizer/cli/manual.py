"""The options of every verb for ``docs/command-line.md``, from the code that reads them.

``python -m normalizer.cli.manual docs/command-line.md`` writes them anew between
the marks ``<!-- options: run -->`` and ``<!-- end -->``; a test sees to it that
nobody forgets.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalizer.cli.arguments import Arguments
from normalizer.cli.dispatch import GLOSSARY_VERBS, VERBS, module_of

_PART = re.compile(r"(<!-- options: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def verbs() -> Iterator[str]:
    """Yield all verbs: ``run``, ``glossary lint``."""
    for verb in VERBS:
        yield from (f"glossary {name}" for name in GLOSSARY_VERBS) if verb == "glossary" else [verb]


def refresh(page: str) -> str:
    """Return the page with the options of each verb written anew."""
    return _PART.sub(lambda part: f"{part[1]}\n{describe(part[2])}\n{part[3]}", page)


def describe(verb: str) -> str:
    """Return examples and arguments of a verb as Markdown."""
    module = module_of(verb)
    arguments = Arguments(f"normalizer {verb}")
    module.add_arguments(arguments)
    rows = "\n".join(_row(names, settings) for names, settings in arguments.named)
    examples = "\n".join(module.EXAMPLES)
    return f"```sh\n{examples}\n```\n\n| argument | |\n|---|---|\n{rows}\n"


def _row(names: tuple[str, ...], settings: dict[str, Any]) -> str:
    choices = settings.get("choices", ())
    value = settings.get("metavar", "CHOICE" if choices else "")
    if not names[0].startswith("-"):
        several = {"+": " …", "*": " …"}.get(settings.get("nargs", ""), "")
        spelled = f"`{value}`{several}"
    else:
        spelled = ", ".join(f"`{name} {value}`" if value else f"`{name}`" for name in names)
    one_of = f"; one of {', '.join(choices)}" if choices else ""
    return f"| {spelled} | {settings['help']}{one_of} |"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(refresh(path.read_text("utf-8")), "utf-8")
