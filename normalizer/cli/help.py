"""The help of a verb, as argparse writes it."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


def help_text(module: ModuleType, command: str) -> str:
    """Return the help of a verb from its module: docstring, ``EXAMPLES``, ``add_arguments``."""
    examples = "\n".join(f"  {example}" for example in module.EXAMPLES)
    parser = argparse.ArgumentParser(
        prog=command,
        description=module.__doc__,
        epilog=f"example{'s' if len(module.EXAMPLES) > 1 else ''}:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    return parser.format_help()
