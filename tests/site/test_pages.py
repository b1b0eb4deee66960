"""Pages: what they say, that nothing of an entry is read as markup, and that all is reachable."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from normalizer.glossary.entry import Entry
from normalizer.site import markup
from normalizer.site.catalog import Change, letter_of, page_of
from normalizer.site.downloads import entry_files, glossary_files
from normalizer.site.entry_pages import entry_page
from normalizer.site.history import blame
from normalizer.site.index_pages import ambiguous, index_pages, redirects
from tests.site.small import catalog

CATALOG = catalog()
INDEXES = dict(index_pages(CATALOG))


def page(entry_id: str) -> str:
    return entry_page(CATALOG.by_id[entry_id], CATALOG)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_page_says_canonical_form_source_form_and_reason() -> None:
    found = page("kinzhal")
    assert '\n# <bdi translate="no">Kinzhal</bdi>\n' in found
    assert '<bdi lang="ru" dir="ltr" translate="no">Кинжал</bdi>' in found
    assert "English writes zh for ж." in found


def test_page_says_by_which_system_a_variant_comes() -> None:
    found = page("kinzhal")
    row = found[found.index(">Kinjal<") : found.index(">Kinschal<")]
    assert 'schemes/russian.html#french-press-russian">French transcription</a>' in row
    assert "rewritten" in row


def test_page_names_the_system_that_yields_both_parts_of_a_person() -> None:
    found = page("volodymyr-zelenskyy")
    row = found[found.index(">Volodymyr Zelensky<") :]
    assert "English" in row[: row.index("</tr>")]


def test_page_marks_what_is_only_suggested() -> None:
    found = page("kinzhal")
    row = found[found.index(">Kindjal<") :]
    assert "suggested" in row[: row.index("</tr>")]
    assert "Also a dagger." in row[: row.index("</tr>")]


def test_page_shows_what_changes_in_an_example() -> None:
    assert "two <del>Kinjal</del><ins>Kinzhal</ins> missiles" in page("kinzhal")
    assert 'Kinjal Dave <span class="note">stays as it is</span>' in page("kinzhal")


def test_page_lists_the_forms_of_profiles() -> None:
    found = text_of(page("kim-jong-un"))
    assert "Kim Jong-un" in found


def test_page_names_neighbors_in_both_directions() -> None:
    assert "person/kim-jong-il/index.html" in page("kim-jong-un")
    assert "person/kim-jong-un/index.html" in page("kim-jong-il")


def test_page_links_identifiers_and_no_scripts() -> None:
    found = page("kinzhal")
    assert 'href="https://www.wikidata.org/wiki/Q50293463"' in found
    assert "javascript:" not in re.findall(r'href="([^"]*)"', found)
    assert not [a for a in re.findall(r'href="([^"]*)"', found) if a.startswith("javascript")]


def test_right_to_left_name_has_its_direction() -> None:
    assert '<bdi lang="fa" dir="rtl" translate="no">تهران</bdi>' in page("tehran")


def test_entry_without_optional_fields_has_a_page() -> None:
    found = page("bare")
    assert "# <bdi" in found
    assert "None" not in found


def test_history_is_shown_newest_first() -> None:
    changes = (Change(date="2026-02-01", subject="Correct <it>", commit="ab" * 20),)
    found = entry_page(CATALOG.by_id["bare"], type(CATALOG)(CATALOG.glossary, {"bare": changes}))
    assert '<time datetime="2026-02-01">2026-02-01</time> Correct &lt;it&gt;' in found


def test_blame_gives_each_line_its_commit_and_none_for_new_ones() -> None:
    one, new = "1" * 40, "0" * 40
    porcelain = (
        f"{one} 1 1 2\nauthor A\nauthor-time 1700000000\nsummary First\nfilename a\n\t- id: a\n"
        f"{one} 2 2\n\t  kind: place\n{new} 3 3 1\nauthor-time 1800000000\nfilename a\n\t  x: y\n"
    )
    change = Change(date="2023-11-14", subject="First", commit=one)
    assert blame(porcelain) == [change, change, None]


@pytest.mark.parametrize("entry", CATALOG.entries, ids=lambda entry: entry.id)
def test_every_tag_and_attribute_is_ours(entry: Entry) -> None:
    body = page(entry.id).split("---\n", 2)[2]
    tags = set(re.findall(r"<\s*/?\s*([^\s>/]+)", body))
    assert tags <= set(
        "a bdi code dd del details div dl dt h1 ins li nav ol p q span summary table tbody td th thead tr ul".split()
    ) | {"time"}
    attributes = set(re.findall(r'\s([a-z-]+)="[^"]*"', body))
    assert attributes <= {
        "aria-label", "class", "datetime", "dir", "href", "lang", "rel", "scope", "translate",
    }  # fmt: skip


@pytest.mark.parametrize("entry", CATALOG.entries, ids=lambda entry: entry.id)
def test_front_matter_is_yaml_and_holds_no_tag(entry: Entry) -> None:
    meta = yaml.safe_load(page(entry.id).split("---\n", 2)[1])
    assert "<" not in meta["title"] + meta["description"]
    assert entry.canonical in meta["tags"]


def test_languages_are_valid_tags_and_directions() -> None:
    for found in [page(entry.id) for entry in CATALOG.entries]:
        for language in re.findall(r'lang="([^"]*)"', found):
            assert re.fullmatch(r"[a-z]{2,3}(-\w+)*", language)
        assert set(re.findall(r'dir="([^"]*)"', found)) <= {"ltr", "rtl", "auto"}


@pytest.mark.parametrize("text", ["a\u2028b", "a\ud800", "a\x00b", "\ufeff", "x\ny"])
def test_characters_that_no_page_can_hold_are_replaced(text: str) -> None:
    shown = markup.safe(text)
    shown.encode()
    assert "\x00" not in shown
    assert "\n" not in shown


def test_every_spelling_stands_under_its_letter_and_leads_to_its_entry() -> None:
    letters = {
        path[13:-3]: text for path, text in INDEXES.items() if path.startswith("glossary/a-z/")
    }
    for entry in CATALOG.entries:
        texts = [entry.canonical, *(variant.text for variant in entry.variants)]
        for text in [*texts, *(other.text for other in entry.other_names)]:
            lines = letters[letter_of(text)].split("<li>")
            assert any(markup.safe(text) in li and page_of(entry) in li for li in lines), text


def test_every_entry_is_reached_by_kind_and_language() -> None:
    for entry in CATALOG.entries:
        assert page_of(entry) in INDEXES[f"glossary/kind/{entry.kind}.md"]
        for language in filter(markup.is_language, entry.source):
            assert page_of(entry) in INDEXES[f"glossary/language/{language}.md"]


def test_scheme_lists_the_variants_that_it_yields() -> None:
    found = text_of(INDEXES["glossary/scheme/french-press-russian.md"])
    assert "Kinjal → Kinzhal" in found


def test_ambiguous_spellings_name_all_their_entries() -> None:
    shared = {text: [entry.id for entry in entries] for text, entries in ambiguous(CATALOG)}
    assert shared["Kim"] == ["kim-jong-il", "kim-jong-un"]


def test_former_id_leads_on() -> None:
    pages = dict(redirects(CATALOG))
    assert 'url=../../../entry/place/kyiv/index.html"' in pages["entry/place/kiev/index.html"]


def test_no_page_leaves_its_folder() -> None:
    for path in INDEXES:
        assert re.fullmatch(r"glossary(/[a-z0-9.-]+)+\.md", path)


def test_downloads_are_the_entry_and_the_glossary() -> None:
    files = dict(entry_files(CATALOG.by_id["kyiv"]))
    assert json.loads(files["entry/place/kyiv/entry.json"])["canonical"] == "Kyiv"
    whole = dict(glossary_files(CATALOG))
    assert len(json.loads(whole["downloads/glossary.json"])) == len(CATALOG.entries)
    assert "kyiv,place,Kyiv,Kiev,variant,rewrite," in whole["downloads/glossary.csv"]


def test_empty_glossary_has_its_pages() -> None:
    empty = catalog("[]")
    assert "0 entries" in dict(index_pages(empty))["glossary/index.md"]
