"""An entry explained to a person: what becomes of a spelling, by which rule, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from normalizer.curating.lookup import Name
from normalizer.glossary.entry import Entry, Source
from normalizer.normalizing.result import Finding
from normalizer.reports.colors import BOLD, CYAN, GREEN, paint
from normalizer.reports.located import show

WIDTH = 100
_LABEL = 15  # code points of a label with the space behind it

_ROLES = {
    "canonical": "the canonical form",
    "form": "the form of the profile {detail}",
    "variant": "a listed variant",
    "family": "the surname of the canonical form",
    "source": "the name in its own script ({detail})",
    "other": "another name",
    "id": "the id of the entry",
}

_RULES = {
    "canonical": "the canonical form in other dress",
    "listed": "a listed variant",
    "profile": "the form of another house style",
    "derived": "{derivation}",
    "similar": "similar to a known spelling",
}

_FORMS = {
    "case": "in another case",
    "separator": "with other spaces or hyphens",
    "apostrophe": "with another apostrophe",
    "marks": "with other marks",
    "invisible": "with invisible characters",
    "look-alike": "with look-alike letters",
    "plural": "in the plural",
    "possessive": "with the possessive",
    "short": "the surname alone",
    "order": "in another order",
}

_FATES = {
    "short": "a surname alone: rewritten only where the text names {canonical} in full and nobody "
    "else of that surname; suggested elsewhere",
    "lower-case": "suggested only: it is written in lower case",
    "derived": "suggested only: a derived spelling that may be another name or word",
    "listed-suggest": "suggested only: its entry says that a person should decide",
    "ambiguous": "suggested only: it may mean something else",
    "split": "suggested only: a line break divides it",
    "unstable": "suggested only: the result would be found again",
    "unless": "kept: it is part of a phrase that the entry excepts",
}


def explain(
    spelling: str, entry: Entry, finding: Finding | None, names: Iterable[Name], *, color: bool
) -> Iterator[str]:
    """Yield the lines on one entry: ``finding`` is what the normalizer made of the spelling.

    ``names`` are those of the entry's names that the spelling matches.
    """
    names = list(names)
    yield _heading(spelling, entry, finding, color=color)
    yield from _row("what it is", _rule(finding, names, entry), color=color)
    yield from _row("in a text", _fate(entry, finding, names), color=color)
    yield from facts(entry, color=color)


def facts(entry: Entry, *, color: bool) -> Iterator[str]:
    """Yield what an entry says, one labelled paragraph a key."""
    rows = (
        ("why", entry.why),
        ("own script", "; ".join(_own_script(entry))),
        ("variants", "; ".join(variant.text for variant in entry.variants)),
        ("other forms", "; ".join(f"{form} ({name})" for name, form in entry.forms.items())),
        ("other names", _other_names(entry)),
        ("kept in", "; ".join(entry.unless)),
        ("confused with", ", ".join(entry.confused_with)),
    )
    for label, text in rows:
        yield from _row(label, text, color=color)
    for number, source in enumerate(entry.sources):
        yield from _row("sources" if not number else "", _source(source), color=color)
    for name, address in entry.links.items():
        yield from _row("links", f"{name}: {address}", color=color)


def _heading(spelling: str, entry: Entry, finding: Finding | None, *, color: bool) -> str:
    """Return what the spelling becomes, or where it is looked up, and whose it is."""
    found, target, link = spelling, entry.canonical, ": see "
    if finding is not None:
        found, target, link = finding.found, finding.replacement, " -> "
    inside = f"{show(spelling)}: " if found != spelling else ""
    head = f"{paint(show(found), BOLD, color=color)}{link}" if found != target else ""
    target = paint(show(target), f"{BOLD};{GREEN}", color=color)
    return f"{inside}{head}{target}  ({entry.kind}, entry {entry.id})"


def _rule(finding: Finding | None, names: list[Name], entry: Entry) -> str:
    if finding is None:
        name = names[0]
        return _ROLES[name.role].format(detail=name.detail) + _note(name)
    text = _RULES[finding.rule].format(derivation=_derivation(finding, entry))
    if finding.variant not in (finding.found, finding.replacement):
        text += f', "{finding.variant}"'
    forms = [_FORMS.get(form, form) for form in finding.forms]
    return f"{text}; {', '.join(forms)}" if forms else text


def _derivation(finding: Finding, entry: Entry) -> str:
    """Return what made a derived spelling: "French transcription of Russian Кинжал (…)"."""
    if finding.scheme is None:
        return ""
    from normalizer.romanize import registry
    from normalizer.romanize.languages import language_name

    schemes = [registry.scheme(name) for name in finding.scheme.split("+")]
    words = " and ".join(scheme.words for scheme in schemes)
    sources = entry.source.get(schemes[0].language, ())
    language = language_name(schemes[0].language)
    return f"{words} of {language} {' or '.join(sources)} ({finding.scheme})"


def _note(name: Name) -> str:
    return f" ({name.detail})" if name.detail and name.role in ("other", "variant") else ""


def _fate(entry: Entry, finding: Finding | None, names: list[Name]) -> str:
    if finding is None:
        fates = {
            "source": "not looked for: a name in its own script is left as it is",
            "other": "never rewritten: it is another name, not another spelling",
            "id": "",
        }
        return fates.get(names[0].role, "kept: it is as it should be")
    if finding.reason is None:
        return "rewritten"
    if finding.reason == "needs":
        phrases = ", ".join(entry.needs)
        if finding.found.islower():
            return _FATES["lower-case"]
        return f"rewritten only where the text also has one of: {phrases}; suggested elsewhere"
    fate = _FATES.get(finding.reason, f"{finding.action}: {finding.reason}")
    return fate.format(canonical=entry.canonical)


def _own_script(entry: Entry) -> Iterator[str]:
    for language, forms in entry.source.items():
        yield f"{', '.join(forms)} ({language})"


def _other_names(entry: Entry) -> str:
    texts = [
        f"{other.text} ({other.note})" if other.note else other.text for other in entry.other_names
    ]
    return f"{'; '.join(texts)} [shown, never rewritten]" if texts else ""


def _source(source: Source) -> str:
    about = {"spelling": " (for the spelling)", "existence": " (for its existence)"}.get(
        source.about or "", ""
    )
    place = ", ".join(part for part in (source.row, source.url) if part)
    return f"{source.title}{about}{': ' if place else ''}{place}"


def _row(label: str, text: str, *, color: bool) -> Iterator[str]:
    """Yield a paragraph behind a label, wrapped; nothing for an empty text."""
    lines = wrap(show(text), WIDTH - _LABEL - 2, break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(lines):
        head = f"{label}:" if label and not number else ""
        yield f"  {paint(head, CYAN, color=color)}{' ' * (_LABEL - len(head))}{line}"
