"""Ways in: the glossary by letter, kind, language and scheme, and what is ambiguous."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from normalizer.curating.lookup import fold, names_of
from normalizer.glossary.entry import Entry
from normalizer.romanize import registry
from normalizer.romanize.scheme import Scheme
from normalizer.site.catalog import KIND_TITLES, Catalog, letter_of, page_of
from normalizer.site.markup import (
    address,
    foreign,
    front_matter,
    is_language,
    language_name,
    link,
    name,
    name_link,
    safe,
)

HOME = "glossary/index.html"
_MAX_CHANGES = 200
LETTERS = (*ascii_lowercase, "0-9")


def index_pages(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each page that leads to entries, as (address of its Markdown, Markdown)."""
    yield "glossary/index.md", _overview(catalog)
    for letter in LETTERS:
        yield f"glossary/a-z/{letter}.md", _letter(letter, catalog)
    for kind in KIND_TITLES:
        yield f"glossary/kind/{kind}.md", _kind(kind, catalog)
    yield "glossary/languages.md", _languages(catalog)
    for language in _by_language(catalog):
        yield f"glossary/language/{language}.md", _language(language, catalog)
    yield "glossary/schemes.md", _schemes(catalog)
    for scheme in _by_scheme(catalog):
        yield f"glossary/scheme/{scheme}.md", _scheme(scheme, catalog)
    yield "glossary/ambiguous.md", _ambiguous(catalog)
    yield "glossary/changes.md", _changes(catalog)


def redirects(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield for each former id the page that leads on, as (address, HTML)."""
    for entry in catalog.entries:
        for former in entry.former_ids:
            page = f"entry/{entry.kind}/{former}/index.html"
            yield page, _redirect(address(page_of(entry), page), safe(entry.canonical))


def _redirect(target: str, title: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="refresh" content="0; url={target}">'
        f'<link rel="canonical" href="{target}"><meta name="robots" content="noindex"></head>'
        f'<body><p>This entry is now at <a href="{target}">{title}</a>.</p></body></html>\n'
    )


def _page(title: str, body: Iterable[str], page: str, *, current: str = "") -> str:
    head = front_matter(title, kind="index")
    return f"{head}\n{_ways(page, current)}\n# {safe(title)}\n\n" + "\n".join(body) + "\n"


def _ways(page: str, current: str) -> str:
    ways = (
        ("A to Z", "glossary/a-z/a.html"),
        ("People", "glossary/kind/person.html"),
        ("Weapons", "glossary/kind/weapon.html"),
        ("Places", "glossary/kind/place.html"),
        ("Organizations", "glossary/kind/organization.html"),
        ("Languages", "glossary/languages.html"),
        ("Schemes", "glossary/schemes.html"),
        ("Ambiguous", "glossary/ambiguous.html"),
        ("Changes", "glossary/changes.html"),
    )
    items = "".join(
        f"<li>{link(label, target, page)}</li>"
        if label != current
        else f'<li><a href="{address(target, page)}" aria-current="page">{label}</a></li>'
        for label, target in ways
    )
    return f'<nav class="ways" aria-label="Ways into the glossary"><ul>{items}</ul></nav>\n'


def _overview(catalog: Catalog) -> str:
    page, count = HOME, len(catalog.entries)
    spellings = sum(len(entry.variants) for entry in catalog.entries)
    kinds = Counter(entry.kind for entry in catalog.entries)
    body = [
        f'<p class="lead">{count:,} entries, {spellings:,} listed variants, and what the '
        f"{link('romanization schemes', 'schemes/index.html', page)} derive. Each page says which "
        "spellings become the canonical form, and why.</p>\n",
        f"## A to Z\n\n{_letter_bar(catalog, page, '')}\n",
        "## By kind\n\n" + _cards(
            (title, f"glossary/kind/{kind}.html", kinds[kind], page)
            for kind, title in KIND_TITLES.items()
        ),
        "## By language\n\n" + _cards(
            (language_name(code), f"glossary/language/{code}.html", len(entries), page)
            for code, entries in _by_language(catalog).items()
        ),
    ]  # fmt: skip
    return _page("Glossary", body, page)


def _cards(rows: Iterable[tuple[str, str, int, str]]) -> str:
    items = "".join(
        f'<li>{link(safe(title), target, page)} <span class="count">{count:,}</span></li>'
        for title, target, count, page in rows
    )
    return f'<ul class="cards">{items}</ul>\n'


class _Line(NamedTuple):
    """A spelling in a list, and the entry that it leads to."""

    text: str
    entry: Entry


@lru_cache(maxsize=1)
def _lines(catalog: Catalog) -> dict[str, list[_Line]]:
    """Return canonical forms, forms of profiles, variants and other names by their letters."""
    found: dict[str, list[_Line]] = {letter: [] for letter in LETTERS}
    for entry in catalog.entries:
        texts = [entry.canonical, *entry.forms.values()]
        texts += [variant.text for variant in entry.variants]
        texts += [other.text for other in entry.other_names]
        if entry.name and entry.name.order == "given-first":
            texts.append(f"{entry.name.family}, {entry.name.given}")
        for text in dict.fromkeys(texts):
            found[letter_of(text)].append(_Line(text, entry))
    for lines in found.values():
        lines.sort(key=lambda line: (fold(line.text), line.text, line.entry.id))
    return found


def _letter(letter: str, catalog: Catalog) -> str:
    page = f"glossary/a-z/{letter}.html"
    lines = _lines(catalog)[letter]
    rows = "".join(f"<li>{_line(line, page)}</li>" for line in lines)
    what = "figures and other scripts" if letter == "0-9" else letter.upper()
    body = [_letter_bar(catalog, page, letter)]
    body.append(f'<ul class="columns">{rows}</ul>\n' if rows else "No spelling begins so.\n")
    return _page(f"A to Z: {what}", body, page, current="A to Z")


def _line(line: _Line, page: str) -> str:
    target = name_link(line.entry.canonical, page_of(line.entry), page)
    if line.text == line.entry.canonical:
        return f"<b>{target}</b>"
    return f"{name(line.text)} → {target}"


def _letter_bar(catalog: Catalog, page: str, current: str) -> str:
    lines = _lines(catalog)
    items = []
    for letter in LETTERS:
        label, target = letter.upper(), address(f"glossary/a-z/{letter}.html", page)
        if letter == current:
            items.append(f'<li><a href="{target}" aria-current="page">{label}</a></li>')
        elif lines[letter]:
            items.append(f'<li><a href="{target}">{label}</a></li>')
        else:
            items.append(f'<li><span class="none">{label}</span></li>')
    return f'<nav class="letters" aria-label="Letters"><ul>{"".join(items)}</ul></nav>\n'


def _kind(kind: str, catalog: Catalog) -> str:
    page = f"glossary/kind/{kind}.html"
    entries = [entry for entry in catalog.entries if entry.kind == kind]
    if kind == "person":
        entries.sort(
            key=lambda e: fold(f"{e.name.family} {e.name.given}" if e.name else e.canonical)
        )
    body = [f'<p class="lead">{len(entries):,} entries.</p>\n', _entry_table(entries, page)]
    return _page(KIND_TITLES[kind], body, page, current=KIND_TITLES[kind])


def _entry_table(entries: Iterable[Entry], page: str, language: str = "") -> str:
    rows = "".join(
        f'<tr><th scope="row">{name_link(entry.canonical, page_of(entry), page)}</th>'
        f"<td>{_own_script(entry, language)}</td><td>{_some_variants(entry)}</td></tr>"
        for entry in entries
    )
    if not rows:
        return "There is no entry yet.\n"
    return (
        '<table class="entries"><thead><tr><th scope="col">Spelling</th><th scope="col">Own script'
        f'</th><th scope="col">Instead of</th></tr></thead><tbody>{rows}</tbody></table>\n'
    )


def _own_script(entry: Entry, language: str) -> str:
    for code, forms in entry.source.items():
        if forms and language in ("", code):
            return foreign(forms[0], code)
    return ""


def _some_variants(entry: Entry) -> str:
    texts = [variant.text for variant in entry.variants]
    more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
    return ", ".join(map(name, texts[:3])) + more


@lru_cache(maxsize=1)
def _by_language(catalog: Catalog) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in catalog.entries:
        for code in filter(is_language, entry.source):
            found.setdefault(code, []).append(entry)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _languages(catalog: Catalog) -> str:
    page = "glossary/languages.html"
    body = _cards(
        (language_name(code), f"glossary/language/{code}.html", len(entries), page)
        for code, entries in _by_language(catalog).items()
    )
    return _page("By language of the source form", [body], page, current="Languages")


def _language(code: str, catalog: Catalog) -> str:
    page = f"glossary/language/{code}.html"
    entries = _by_language(catalog)[code]
    body = [
        f'<p class="lead">{len(entries):,} entries with a source form in this language.</p>\n',
        _entry_table(entries, page, code),
    ]
    return _page(f"{language_name(code)} names", body, page, current="Languages")


@lru_cache(maxsize=1)
def _by_scheme(catalog: Catalog) -> Mapping[str, list[_Line]]:
    """Return by scheme the listed variants that it yields; the canonical forms are no news."""
    found: dict[str, list[_Line]] = {}
    for entry in catalog.entries:
        for variant, schemes in catalog.spellings[entry.id].listed:
            for scheme in schemes:
                found.setdefault(scheme, []).append(_Line(variant.text, entry))
    for lines in found.values():
        lines.sort(key=lambda line: (fold(line.text), line.text, line.entry.id))
    return dict(sorted(found.items()))


def _schemes(catalog: Catalog) -> str:
    page = "glossary/schemes.html"
    body = [
        "Which system yields which of the listed variants: what a reader of French, German or "
        "Polish papers, or of a library's catalog, has met.\n"
    ]
    by_scheme = _by_scheme(catalog)
    for language in registry.languages():
        rows = [s for s in registry.schemes(language) if s.name in by_scheme]
        if rows:
            body.append(f"## {language_name(language)}\n")
            body.append(_cards(
                (_titled(s), f"glossary/scheme/{s.name}.html",
                 len(by_scheme[s.name]), page)
                for s in rows
            ))  # fmt: skip
    return _page("By scheme", body, page, current="Schemes")


def _titled(scheme: Scheme) -> str:
    """Return a scheme in words, with its year where the words do not have it."""
    words = scheme.words[:1].upper() + scheme.words[1:]
    return f"{words}, {scheme.year}" if scheme.year and scheme.year not in words else words


def _scheme(scheme_name: str, catalog: Catalog) -> str:
    page = f"glossary/scheme/{scheme_name}.html"
    scheme = registry.scheme(scheme_name)
    language = language_name(scheme.language)
    rows = "".join(f"<li>{_line(line, page)}</li>" for line in _by_scheme(catalog)[scheme_name])
    letters = link("letters and rules", f"schemes/{language.lower()}.html#{scheme_name}", page)
    body = [
        f'<p class="lead">{safe(scheme.authority)}, for {safe(language)}: {letters}.</p>\n',
        f'<ul class="columns">{rows}</ul>\n',
    ]
    return _page(f"{_titled(scheme)} ({language})", body, page, current="Schemes")


def _ambiguous(catalog: Catalog) -> str:
    page = "glossary/ambiguous.html"
    rows = [
        f'<tr><th scope="row">{name(text)}</th><td>'
        + ", ".join(
            f"{name_link(entry.canonical, page_of(entry), page)} "
            f'<span class="note">{entry.kind}</span>'
            for entry in entries
        )
        + "</td></tr>"
        for text, entries in ambiguous(catalog)
    ]
    table = (
        '<table class="entries"><thead><tr><th scope="col">Spelling</th><th scope="col">May be'
        f"</th></tr></thead><tbody>{''.join(rows)}</tbody></table>\n"
    )
    body = [
        '<p class="lead">Spellings that several entries share. A text has to tell them apart: by '
        "a full name, or by a word that only one of them needs.</p>\n",
        table if rows else "No spelling is shared.\n",
    ]
    return _page("Ambiguous spellings", body, page, current="Ambiguous")


def ambiguous(catalog: Catalog) -> list[tuple[str, list[Entry]]]:
    """Return the spellings, however written, that more than one entry has, surnames too."""
    found: dict[str, tuple[str, dict[str, Entry]]] = {}
    for entry in catalog.entries:
        for spelling in names_of(entry):
            if spelling.role not in ("id", "source"):
                owners = found.setdefault(fold(spelling.text), (spelling.text, {}))[1]
                owners[entry.id] = entry
    shared = [(text, list(owners.values())) for text, owners in found.values() if len(owners) > 1]
    return sorted(shared, key=lambda item: (fold(item[0]), item[0]))


def _changes(catalog: Catalog) -> str:
    page = "glossary/changes.html"
    changed = [(catalog.history[e.id][0], e) for e in catalog.entries if catalog.history.get(e.id)]
    latest = sorted(changed, key=lambda pair: pair[0].date, reverse=True)[:_MAX_CHANGES]
    rows = "".join(
        f'<tr><td><time datetime="{safe(change.date)}">{safe(change.date)}</time></td>'
        f'<th scope="row">{name_link(entry.canonical, page_of(entry), page)}</th>'
        f"<td>{safe(change.subject)}</td></tr>"
        for change, entry in latest
    )
    table = (
        '<table class="entries"><thead><tr><th scope="col">Date</th><th scope="col">Entry</th>'
        f'<th scope="col">Change</th></tr></thead><tbody>{rows}</tbody></table>\n'
    )
    nothing = "This site was built without the history of the glossary.\n"
    return _page("Recently changed", [table if rows else nothing], page, current="Changes")
