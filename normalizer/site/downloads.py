"""Files to take away: one entry, and the whole glossary with version and digest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from importlib import resources

from normalizer._version import __version__
from normalizer.curating.formatting import format_entry
from normalizer.digests import sha256_hex
from normalizer.glossary.entry import Entry
from normalizer.site.catalog import Catalog, page_of
from normalizer.site.markup import front_matter, link, outside, safe

_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
PAGE = "glossary/downloads.html"
_COLUMNS = ("id", "kind", "canonical", "spelling", "role", "action", "detail")


def entry_files(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the files of one entry, as (address, text)."""
    folder = page_of(entry).removesuffix("index.html")
    yield f"{folder}entry.json", json.dumps(entry.raw, ensure_ascii=False, indent=1) + "\n"
    yield f"{folder}entry.yaml", format_entry(entry.raw)


def glossary_files(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield the whole glossary in each format, and the schema of an entry, as (address, text)."""
    yield "downloads/glossary.json", catalog.glossary.to_json() + "\n"
    yield "downloads/glossary.csv", _csv(catalog)
    schema = resources.files("normalizer.glossary").joinpath("entry.schema.json")
    yield "downloads/entry.schema.json", schema.read_text("utf-8")


def _csv(catalog: Catalog) -> str:
    """Return one row for each listed spelling; no cell is a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for entry in catalog.entries:
        for row in _rows(entry):
            writer.writerow(map(_cell, (entry.id, entry.kind, entry.canonical, *row)))
    return file.getvalue()


def _rows(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    yield entry.canonical, "canonical", "", ""
    yield from ((form, "form", "", profile) for profile, form in entry.forms.items())
    yield from ((v.text, "variant", v.action, v.note or "") for v in entry.variants)
    for language, forms in entry.source.items():
        yield from ((form, "source", "", language) for form in forms)
    yield from ((other.text, "other", "", other.note or "") for other in entry.other_names)


def _cell(text: str) -> str:
    r"""Return a cell that no spreadsheet takes for a formula.

    >>> _cell("=1+1"), _cell("Kyiv")
    ("'=1+1", 'Kyiv')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def downloads_page(catalog: Catalog, files: list[tuple[str, str]], date: str) -> str:
    """Return the page of the downloads as Markdown; ``date`` is that of the last change."""
    rows = "".join(
        f'<tr><th scope="row">{link(safe(name), f"downloads/{name}", PAGE)}</th>'
        f"<td>{_WHAT[name]}</td><td>{len(text.encode()) // 1000:,} kB</td>"
        f"<td><code>{sha256_hex(text.encode())}</code></td></tr>"
        for name, text in ((path.rpartition("/")[2], text) for path, text in files)
    )
    state = f" as of {safe(date)}" if date else ""
    return (
        f"{front_matter('Downloads', kind='index')}\n# Downloads\n\n"
        f'<p class="lead">Version {safe(__version__)}{state}, {len(catalog.entries):,} entries. '
        f"The glossary is {outside('CC BY 4.0', _LICENSE)}.</p>\n\n"
        '<table class="entries downloads"><thead><tr><th scope="col">File</th>'
        '<th scope="col">What</th><th scope="col">Size</th><th scope="col">SHA-256</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>\n"
    )


_WHAT = {
    "glossary.json": "All entries; the program reads it as it is.",
    "glossary.csv": "One row for each listed spelling.",
    "entry.schema.json": "JSON Schema of an entry.",
}
