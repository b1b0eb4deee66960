"""The hook of mkdocs that adds the pages made from data; named in ``mkdocs.yml``."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import File, Files

from normalizer.romanize import registry
from normalizer.romanize.languages import language_name
from normalizer.site.scheme_pages import scheme_page


def on_files(files: Files, config: Any) -> Files:
    """Add a page for each language that has schemes."""
    for language in registry.languages():
        path = f"schemes/{language_name(language).lower()}.md"
        files.append(File.generated(config, path, content=scheme_page(language)))
    return files
