"""Pages of the romanization schemes: one for each language, from the scheme files alone."""

from __future__ import annotations

from collections.abc import Iterator

from normalizer.romanize import registry
from normalizer.romanize.languages import language_name
from normalizer.romanize.scheme import CONTEXTS, Rule, Scheme

_KINDS = {
    "official": "Official systems",
    "press": "As newspapers of other languages write",
    "customary": "Customary spellings",
    "scholarly": "Scholarly systems",
}


def scheme_page(language: str) -> str:
    """Return the page of a language as Markdown.

    Raises ``UsageError`` for a language without schemes.
    """
    return "\n".join(_page(language)) + "\n"


def _page(language: str) -> Iterator[str]:
    schemes = registry.schemes(language)
    yield f"# {language_name(language)}\n"
    yield (
        f"{len(schemes)} systems, each a file of the package that says its letters, rules, notes "
        "and samples. The first form of a letter is the system's own; those behind it are admitted "
        "too.\n"
    )
    for kind, title in _KINDS.items():
        chosen = sorted((s for s in schemes if s.kind == kind), key=lambda s: (s.authority, s.name))
        if chosen:
            yield f"## {title}\n"
            for scheme in chosen:
                yield from _scheme(scheme)


def _scheme(scheme: Scheme) -> Iterator[str]:
    year = f", {scheme.year}" if scheme.year else ""
    yield f"### {_safe(scheme.authority)}{year} {{ #{scheme.name} }}\n"
    yield f"`{scheme.name}`: {_safe(scheme.words)}." + (
        f" [Source]({scheme.url})" if scheme.url else " No address is known."
    )
    yield ""
    if scheme.notes:
        yield from (f"- {_safe(note)}" for note in scheme.notes)
        yield ""
    if scheme.samples:
        yield "| source form | form |"
        yield "|---|---|"
        for source, form in scheme.samples[:8]:
            yield f'| <span lang="{scheme.language}">{_safe(source)}</span> | {_safe(form)} |'
        yield ""
    yield '??? note "Letters and rules"\n'
    yield "    | source | form | where |"
    yield "    |---|---|---|"
    for rule in scheme.rules:
        forms = ", ".join(_safe(form) if form else "(nothing)" for form in rule.to)
        yield f"    | {_safe(rule.source)} | {forms} | {_safe(_where(rule))} |"
    yield ""


def _where(rule: Rule) -> str:
    """Return the contexts of a rule in words."""
    parts = []
    for name in CONTEXTS:
        items = getattr(rule, name)
        if items:
            parts.append(f"{name.replace('_', ' ')} {' '.join(items)}")
    return "; ".join(parts)


def _safe(text: str) -> str:
    """Return a text that Markdown and a table's cell leave as it is."""
    for char in "\\|*_<>[]`~^":
        text = text.replace(char, f"&#{ord(char)};")
    return " ".join(text.split())
