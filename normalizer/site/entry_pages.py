"""The page of an entry: one pure function from the entry to Markdown.

Rules of this file: headings are our own words, all else is HTML blocks, so that
each name has its language and direction; nothing is read from files here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalizer.curating.lookup import fold
from normalizer.glossary.entry import Entry, Example, OtherName, Source
from normalizer.glossary.loading import HOUSE
from normalizer.matching.compiling import canonical_form
from normalizer.romanize import registry
from normalizer.romanize.deriving import FAMILY, GIVEN
from normalizer.romanize.languages import language_name as scheme_language
from normalizer.site.catalog import KIND_TITLES, Catalog, Change, letter_of, page_of
from normalizer.site.markup import (
    changes,
    foreign,
    front_matter,
    language_name,
    link,
    listed,
    name,
    name_link,
    outside,
    safe,
)
from normalizer.site.spellings import Derivation, words_of

_MAX_WORDS = 3  # systems named beside a spelling; the others are counted
_MAX_TAGS = 40
_UNSEARCHED = " { data-search-exclude }"  # sections that would drown the names in the index
_IDENTIFIERS = {
    "geonames": "https://www.geonames.org/{}",
    "viaf": "https://viaf.org/viaf/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "wikipedia": "https://en.wikipedia.org/wiki/{}",
}
_ABOUT = {"spelling": "for the spelling", "existence": "for its existence"}


def entry_page(entry: Entry, catalog: Catalog) -> str:
    """Return the page of an entry as Markdown."""
    description = (
        f"{entry.canonical}: how to spell it in English, which spellings become it, and why."
    )
    head = front_matter(
        entry.canonical, tags=_tags(entry, catalog), description=description, kind="entry"
    )
    return f"{head}\n" + "\n".join(_blocks(entry, catalog))


def _tags(entry: Entry, catalog: Catalog) -> list[str]:
    """Return what the site's search finds an entry by, beside the words of its page."""
    names = [entry.canonical, *(variant.text for variant in entry.variants)]
    names += [form for forms in entry.source.values() for form in forms]
    names += [other.text for other in entry.other_names]
    names += [fold(text) for text in names]
    names += [form.text for form in catalog.spellings[entry.id].derived if form.part != GIVEN]
    return list(dict.fromkeys(names))[:_MAX_TAGS]


def _blocks(entry: Entry, catalog: Catalog) -> Iterator[str]:
    page = page_of(entry)
    yield _trail(entry, page)
    yield f"# {name(entry.canonical)}\n"
    yield _head(entry, catalog)
    yield from _sections(
        "",
        ("Spellings that become this one", "".join(_variants(entry, catalog))),
        ("Other names, never rewritten", _other_names(entry)),
    )
    yield from _sections(
        _UNSEARCHED,
        ("Not to be confused with", _neighbors(entry, catalog)),
        ("Spellings that schemes derive", "".join(_derived(entry, catalog))),
        ("In other house styles", _styles(entry, catalog)),
        ("In a text", _conduct(entry)),
        ("Examples", _examples(entry)),
        ("Sources and identifiers", _sources(entry)),
        ("History", _history(catalog.history.get(entry.id, ()))),
        ("This entry", _use(entry, catalog)),
    )


def _sections(attributes: str, *sections: tuple[str, str]) -> Iterator[str]:
    for title, body in sections:
        if body:
            yield f"## {title}{attributes}\n\n{body}\n"


def _trail(entry: Entry, page: str) -> str:
    letter = letter_of(entry.canonical)
    steps = [
        link("Glossary", "glossary/index.html", page),
        link(KIND_TITLES[entry.kind], f"glossary/kind/{entry.kind}.html", page),
        link(letter.upper(), f"glossary/a-z/{letter}.html", page),
    ]
    items = "".join(f"<li>{step}</li>" for step in steps)
    return f'<nav class="trail" aria-label="Where this is"><ol>{items}</ol></nav>\n'


def _head(entry: Entry, catalog: Catalog) -> str:
    """Return kind, own script and reason: what most readers came for."""
    rows = [f'<p class="entry-kind">{safe(entry.kind)}</p>']
    sources = [
        f"<li>{foreign(form, language)} "
        f'<span class="entry-language">{safe(language_name(language))}</span></li>'
        for language, forms in entry.source.items()
        for form in forms
    ]
    if sources:
        rows.append(
            f'<ul class="entry-source" aria-label="In its own script">{"".join(sources)}</ul>'
        )
    if entry.why:
        rows.append(f'<p class="entry-why">{safe(entry.why)}</p>')
    systems = catalog.spellings[entry.id].canonical
    if entry.conventional:
        rows.append('<p class="entry-rule">A conventional English name, no romanization.</p>')
    elif systems:
        rule = _rule(systems, page_of(entry), last="and")
        rows.append(f'<div class="entry-rule">The same in {rule}</div>')
    return f'<div class="entry-head">{"".join(rows)}</div>\n'


def _rule(schemes: Iterable[str], page: str, last: str = "or") -> str:
    """Return schemes in words, each a link to its letters: "French transcription"."""
    words = list(words_of(schemes).items())
    shown = [_scheme_link(label, scheme, page) for label, scheme in words[:_MAX_WORDS]]
    rest = [safe(label) for label, _ in words[_MAX_WORDS:]]
    if not rest:
        return listed(shown, last)
    return (
        f"{', '.join(shown)} <details class='rest'><summary>and {len(rest)} more</summary>"
        f"{listed(rest, last)}</details>"
    )


def _scheme_link(label: str, scheme: str, page: str) -> str:
    language = scheme_language(registry.scheme(scheme).language).lower()
    return link(safe(label), f"schemes/{language}.html#{scheme}", page)


def _variants(entry: Entry, catalog: Catalog) -> Iterator[str]:
    spellings = catalog.spellings[entry.id].listed
    if not spellings:
        return
    yield '<table class="spellings"><thead><tr><th scope="col">Spelling</th>'
    yield '<th scope="col">Where it comes from</th><th scope="col">In a text</th></tr></thead>'
    yield "<tbody>"
    for variant, schemes in spellings:
        origin = [safe(part) for part in (variant.origin, variant.note) if part]
        if schemes:
            origin.insert(0, _rule(schemes, page_of(entry)))
        yield f'<tr><th scope="row">{name(variant.text)}</th>'
        yield f"<td>{'; '.join(origin) or 'listed by hand'}</td>"
        yield f"<td>{_fate(variant.action)}</td></tr>"
    yield "</tbody></table>\n"


def _fate(action: str | None) -> str:
    if action is None:
        return '<span class="fate">not looked for</span>'
    word = {"rewrite": "rewritten", "suggest": "suggested"}[action]
    return f'<span class="fate fate-{action}">{word}</span>'


def _derived(entry: Entry, catalog: Catalog) -> Iterator[str]:
    """Yield a folded list of forms for each source form, and each part of a person's name."""
    groups: dict[tuple[str, str, str], list[Derivation]] = {}
    for form in catalog.spellings[entry.id].derived:
        groups.setdefault((form.language, form.source, form.part), []).append(form)
    for (language, source, part), forms in groups.items():
        what = {GIVEN: "of the given name", FAMILY: "of the surname"}.get(part, "of")
        count = f"{len(forms)} spelling{'s' if len(forms) > 1 else ''}"
        yield f"<details><summary>{count} {what} {foreign(source, language)}"
        yield f' <span class="entry-language">{safe(language_name(language))}</span></summary>'
        yield '<ul class="derived" translate="no">'
        for form in forms:
            mark = "" if form.action == "rewrite" or part == GIVEN else f" ({_UNSURE[form.action]})"
            yield f"<li><bdi>{safe(form.text)}</bdi> {_words(form.schemes)}{mark}</li>"
        yield "</ul></details>\n"


_UNSURE = {"suggest": "suggested only", None: "not looked for"}


def _words(schemes: Iterable[str]) -> str:
    """Return schemes in words, without links: there are many."""
    words = list(words_of(schemes))
    shown = ", ".join(safe(label) for label in words[:_MAX_WORDS])
    more = len(words) - _MAX_WORDS
    return shown if more <= 0 else f"{shown} and {more} more"


def _styles(entry: Entry, catalog: Catalog) -> str:
    """Return the form of each profile, those with the same form together."""
    forms: dict[str, list[str]] = {}
    for key in sorted(catalog.glossary.profiles, key=lambda key: (key != HOUSE.name, key)):
        profile = catalog.glossary.profiles[key]
        forms.setdefault(canonical_form(entry, profile), []).append(profile.title)
    if len(forms) < 2 and entry.canonical in forms:
        return ""
    rows = (
        f"<div><dt>{name(form)}</dt><dd>{listed(map(safe, titles), 'and')}</dd></div>"
        for form, titles in sorted(forms.items(), key=lambda item: item[0] != entry.canonical)
    )
    return f'<dl class="facts">{"".join(rows)}</dl>\n'


def _other_names(entry: Entry) -> str:
    rows = [f"<li>{name(other.text)}{_when(other)}</li>" for other in entry.other_names]
    return f'<ul class="names">{"".join(rows)}</ul>\n' if rows else ""


def _when(other: OtherName) -> str:
    parts = [safe(other.note)] if other.note else []
    if other.since or other.until:
        parts.append(f"{safe(other.since or '')}–{safe(other.until or '')}")
    return f' <span class="note">{", ".join(parts)}</span>' if parts else ""


def _neighbors(entry: Entry, catalog: Catalog) -> str:
    rows = [
        f'<li>{name_link(other.canonical, page_of(other), page_of(entry))} <span class="note">'
        f"{safe(other.kind)}{_source_of(other)}</span></li>"
        for other in catalog.neighbors.get(entry.id, ())
    ]
    return f'<ul class="names">{"".join(rows)}</ul>\n' if rows else ""


def _source_of(entry: Entry) -> str:
    for language, forms in entry.source.items():
        return f", {foreign(forms[0], language)}" if forms else ""
    return ""


def _conduct(entry: Entry) -> str:
    """Return when a spelling is rewritten, and when it is kept."""
    rows = []
    if entry.needs:
        rows.append(("Rewritten only beside", f"{_phrases(entry.needs)}; elsewhere suggested"))
    if entry.unless:
        rows.append(("Kept in", _phrases(entry.unless)))
    if entry.kind == "person":
        rows.append(("The surname alone", _SHORT[entry.short]))
    if entry.plural:
        plural = name(entry.plural) if isinstance(entry.plural, str) else "with -s"
        rows.append(("Plural", plural))
    if entry.case in _CASES:
        rows.append(("Capitals", _CASES[entry.case]))
    facts = "".join(f"<div><dt>{label}</dt><dd>{text}</dd></div>" for label, text in rows)
    return f'<dl class="facts">{facts}</dl>\n' if facts else ""


_CASES = {
    "fixed": "only as spelled here, or all in capitals",
    "word": "a common word: small letters stay small",
}
_SHORT = {
    "in-context": "rewritten where the text names the person in full, and nobody else of that "
    "surname",
    "suggest": "only suggested",
    "off": "not looked for",
}


def _phrases(phrases: Iterable[str]) -> str:
    return (
        '<span class="phrases">' + " ".join(f"<q>{safe(text)}</q>" for text in phrases) + "</span>"
    )


def _examples(entry: Entry) -> str:
    rows = "".join(f"<li>{_example(example)}</li>" for example in entry.examples)
    return f'<ul class="examples">{rows}</ul>\n' if rows else ""


def _example(example: Example) -> str:
    if example.expect is not None and example.expect != example.text:
        return changes(example.text, example.expect)
    if example.suggests:
        which = listed((name(text) for text in example.suggests), "and")
        return f'{safe(example.text)} <span class="note">only suggested: {which}</span>'
    return f'{safe(example.text)} <span class="note">stays as it is</span>'


def _sources(entry: Entry) -> str:
    rows = [f"<li>{_source(source)}</li>" for source in entry.sources]
    rows += [f"<li>{_identifier(*pair)}</li>" for pair in entry.links.items()]
    if entry.reviewed:
        rows.append(f"<li>Reviewed on {safe(entry.reviewed)}</li>")
    return f'<ul class="sources">{"".join(rows)}</ul>\n' if rows else ""


def _source(source: Source) -> str:
    title = outside(source.title, source.url) if source.url else safe(source.title)
    about = _ABOUT.get(source.about or "")
    notes = [part for part in (source.row and safe(source.row), about) if part]
    return title + (f' <span class="note">{", ".join(notes)}</span>' if notes else "")


def _identifier(key: str, value: str) -> str:
    pattern = _IDENTIFIERS.get(key.lower())
    if (
        pattern
        and not value.startswith("http")
        and value.replace("_", "").replace("-", "").isalnum()
    ):
        return f"{safe(key.capitalize())}: {outside(value, pattern.format(value))}"
    return f"{safe(key.capitalize())}: {outside(value, value)}"


def _history(history: Iterable[Change]) -> str:
    rows = "".join(
        f'<li><time datetime="{safe(change.date)}">{safe(change.date)}</time> '
        f"{safe(change.subject)} <code>{safe(change.commit[:8])}</code></li>"
        for change in history
    )
    return f'<ul class="history">{rows}</ul>\n' if rows else ""


def _use(entry: Entry, catalog: Catalog) -> str:
    page = page_of(entry)
    folder = page.removesuffix("index.html")
    path = entry.at.path.removeprefix(catalog.root).lstrip("/")
    where = f"<code>{safe(path)}</code>, line {entry.at.line}" if entry.at.line else safe(path)
    if catalog.suggest_url:
        address = catalog.suggest_url.format(id=entry.id, path=path, line=entry.at.line)
        suggest = outside("Suggest a change", address)
    else:
        suggest = link("Suggest a change", "guides/curators.html", page)
    former = f"; formerly {listed(map(safe, entry.former_ids), 'and')}" if entry.former_ids else ""
    return (
        f'<p class="entry-use">{suggest} · {link("JSON", f"{folder}entry.json", page)} · '
        f"{link('YAML', f'{folder}entry.yaml', page)}</p>\n"
        f'<p class="note">id <code>{safe(entry.id)}</code>{former} · written in {where}</p>\n'
    )
