"""``Normalizer``: the public class, which compiles a glossary and normalizes with it."""

from __future__ import annotations

from normalizer.glossary.loading import Glossary
from normalizer.matching.compiling import compile_glossary
from normalizer.normalizing.normalizer import CompiledNormalizer


class Normalizer(CompiledNormalizer):
    """Rewrites text to the canonical forms of a glossary.

    ``profile`` names the house style. ``quotes`` says what becomes of findings
    inside quotations (``rewrite``, ``suggest``, ``keep``), ``hashtags`` of those
    in hashtags (``keep``, ``rewrite``); without them the profile's settings hold.
    ``engine`` is ``auto``, ``automaton`` or ``reference``.

    Picklable, and safe to share between threads. Raises ``UsageError`` for an
    unknown profile or setting.
    """

    def __init__(
        self,
        glossary: Glossary,
        *,
        profile: str = "house",
        quotes: str | None = None,
        hashtags: str | None = None,
        engine: str = "auto",
    ) -> None:
        compiled = compile_glossary(glossary, profile)
        super().__init__(compiled, quotes=quotes, hashtags=hashtags, engine=engine)
