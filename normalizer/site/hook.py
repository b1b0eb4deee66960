"""The hook of mkdocs that adds the pages made from data; named in ``mkdocs.yml``.

It only wires: what a page says is decided by the modules beside it. ``extra.glossary`` in
``mkdocs.yml`` names the glossary, ``extra.suggest_url`` where a change is suggested (an
address with ``{id}``, ``{path}`` and ``{line}``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from normalizer.errors import NormalizerError
from normalizer.glossary.files import SHIPPED, shipped_path
from normalizer.glossary.loading import load
from normalizer.romanize import registry
from normalizer.romanize.languages import language_name
from normalizer.site.catalog import Catalog, page_of
from normalizer.site.downloads import downloads_page, entry_files, glossary_files
from normalizer.site.entry_pages import entry_page
from normalizer.site.history import history_of
from normalizer.site.index_pages import index_pages, redirects
from normalizer.site.lookup_data import lookup_files
from normalizer.site.scheme_pages import scheme_page


def on_files(files: Files, config: Any) -> Files:
    """Add the pages of schemes and entries, the ways in, and the data of the look-up box."""
    for path, content in _pages(_catalog(config)):
        file = File.generated(config, path, content=content)
        if path.startswith(("entry/", "glossary/")):
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    return files


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Build again when the glossary changes."""
    server.watch(_glossary(config))
    return server


def _glossary(config: Any) -> str:
    path = config.extra.get("glossary") or SHIPPED
    return shipped_path() if path == SHIPPED else str(path)


def _catalog(config: Any) -> Catalog:
    path = _glossary(config)
    try:
        glossary = load(path)
    except NormalizerError as error:
        raise PluginError(f"the glossary does not load:\n{error}") from error
    root = str(Path(path).parent)
    suggest = config.extra.get("suggest_url") or ""
    return Catalog(glossary, history_of(glossary), root, suggest)


def _pages(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for language in registry.languages():
        yield f"schemes/{language_name(language).lower()}.md", scheme_page(language)
    for entry in catalog.entries:
        yield page_of(entry).replace("index.html", "index.md"), entry_page(entry, catalog)
        yield from entry_files(entry)
    yield from index_pages(catalog)
    yield from redirects(catalog)
    yield from lookup_files(catalog)
    whole = list(glossary_files(catalog))
    yield from whole
    dates = [changes[0].date for changes in catalog.history.values()]
    yield "glossary/downloads.md", downloads_page(catalog, whole, max(dates, default=""))
