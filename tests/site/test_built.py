"""The site built by mkdocs from a small glossary: strict, no broken link, nothing executed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.small import ENTRIES

pytest.importorskip("mkdocs")
ROOT = Path(__file__).parents[2]


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for key, value in attrs:
            value = value or ""
            if key == "href" and tag == "a":
                self.links.append(value)
            elif key == "src" or (key == "href" and tag == "link"):
                self.loaded.append(value)
            elif key in ("id", "name") and tag != "meta":
                self.ids.append(value)
            elif key in ("lang", "dir"):
                self.marks.append((key, value))
            elif key.startswith("on"):
                self.handlers.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    glossary = folder / "glossary.yaml"
    glossary.write_text(ENTRIES, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder / "out")],
        cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "SITE_GLOSSARY": str(glossary), "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html")}


@pytest.mark.xdist_group("site")
def test_no_link_is_broken(site: Path, pages: dict[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        if path.name == "404.html":  # its links are from the root of a server
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file() or (
                target in pages and unquote(parts.fragment) not in {"", *pages[target].ids}
            ):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


@pytest.mark.xdist_group("site")
def test_every_entry_is_reached_from_the_home_page(site: Path, pages: dict[Path, Page]) -> None:
    seen, ahead = set(), [site / "index.html"]
    while ahead:
        path = ahead.pop()
        if path in seen or path not in pages:
            continue
        seen.add(path)
        ahead += [
            (path.parent / unquote(urlsplit(link).path)).resolve() for link in pages[path].links
        ]
    entries = set(site.glob("entry/*/*/index.html")) - {site / "entry/place/kiev/index.html"}
    assert len(entries) == 11
    assert entries <= seen


@pytest.mark.xdist_group("site")
def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        assert not [a for a in page.loaded if urlsplit(a).netloc], path


@pytest.mark.xdist_group("site")
def test_languages_and_directions_are_valid(pages: dict[Path, Page]) -> None:
    marks = {mark for page in pages.values() for mark in page.marks}
    assert {value for key, value in marks if key == "dir"} <= {"ltr", "rtl", "auto"}
    languages = {value for key, value in marks if key == "lang"}
    assert {"en", "fa", "ko", "ru", "uk"} <= languages
    assert all(value.replace("-", "").isalnum() and len(value) < 9 for value in languages)


@pytest.mark.xdist_group("site")
def test_hostile_entry_puts_nothing_into_its_page(site: Path, pages: dict[Path, Page]) -> None:
    hostile = pages[site / "entry/organization/hostile/index.html"]
    plain = pages[site / "entry/organization/bare/index.html"]
    assert hostile.tags.count("script") == plain.tags.count("script")
    assert hostile.tags.count("img") == plain.tags.count("img") == 0
    assert hostile.handlers == []
    assert not [link for link in hostile.links if link.startswith("javascript")]


@pytest.mark.xdist_group("site")
def test_former_id_leads_to_the_entry(site: Path) -> None:
    text = (site / "entry/place/kiev/index.html").read_text("utf-8")
    assert "../../../entry/place/kyiv/index.html" in text


@pytest.mark.xdist_group("site")
def test_search_index_holds_every_spelling(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    (kinzhal,) = [d for d in index["docs"] if d["location"] == "entry/weapon/kinzhal/index.html"]
    assert {"Kinzhal", "Kinschal", "Кинжал", "AS-24 Killjoy", "kinzhal", "Kinzsal"} <= set(
        kinzhal["tags"]
    )


@pytest.mark.xdist_group("site")
def test_glossary_that_does_not_load_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- id: a\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "out")],
        cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "SITE_GLOSSARY": str(tmp_path / "a.yaml"), "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode != 0
    assert "a.yaml:1" in done.stdout + done.stderr
