"""Entity glossary and transliteration normalizer.

>>> from normalizer import Normalizer, load_glossary, undo
>>> normalizer = Normalizer(load_glossary())
>>> result = normalizer.normalize("Dmitri Peskov spoke to Tass.")
>>> result.text
'Dmitry Peskov spoke to TASS.'
>>> undo(result.text, result.record("a.txt"))
'Dmitri Peskov spoke to Tass.'
"""

from __future__ import annotations

from normalizer._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.curating.linting import load_glossary
    from normalizer.errors import (
        GlossaryError,
        InputError,
        LogError,
        NormalizerError,
        UsageError,
    )
    from normalizer.glossary.loading import Glossary
    from normalizer.log import Difference, undo, verify
    from normalizer.normalizing.api import Normalizer
    from normalizer.normalizing.result import Finding, Result

#: Where each public name lives; imported when first asked for, as the command starts many times.
_HOMES = {
    "Difference": "normalizer.log",
    "Finding": "normalizer.normalizing.result",
    "Glossary": "normalizer.glossary.loading",
    "GlossaryError": "normalizer.errors",
    "InputError": "normalizer.errors",
    "LogError": "normalizer.errors",
    "Normalizer": "normalizer.normalizing.api",
    "NormalizerError": "normalizer.errors",
    "Result": "normalizer.normalizing.result",
    "UsageError": "normalizer.errors",
    "load_glossary": "normalizer.curating.linting",
    "undo": "normalizer.log",
    "verify": "normalizer.log",
}

__all__ = [
    "Difference",
    "Finding",
    "Glossary",
    "GlossaryError",
    "InputError",
    "LogError",
    "Normalizer",
    "NormalizerError",
    "Result",
    "UsageError",
    "__version__",
    "load_glossary",
    "undo",
    "verify",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
