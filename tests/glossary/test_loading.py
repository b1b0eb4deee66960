"""Loading: strict, all problems at once, each with its place, what was expected and what to do."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from normalizer import Glossary, GlossaryError, Normalizer, UsageError, load_glossary
from normalizer.glossary import yaml_tree
from normalizer.glossary.checking import schema
from normalizer.glossary.tree import MAX_BYTES

A = "- {id: a, kind: place, canonical: A}\n"
KEYS = (
    "id, former_ids, kind, canonical, forms, name, source, conventional, variants, derive, case, "
    "plural, short, needs, unless, other_names, confused_with, why, links, reviewed, sources, "
    "examples, override"
)


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)


def load(files: dict[str, str | bytes], *paths: str, disable: tuple[str, ...] = ()) -> Glossary:
    write(files)
    return load_glossary(*(paths or (".",)), disable=disable)


def problems(content: str | bytes, name: str = "a.yaml") -> list[str]:
    write({name: content})
    with pytest.raises(GlossaryError) as caught:
        load_glossary(name)
    return str(caught.value).splitlines()


def variants(content: str | bytes, name: str = "a.yaml") -> list[str]:
    write({name: content})
    (entry,) = load_glossary(name, check=False)
    return [variant.text for variant in entry.variants]


def facts(value: Any) -> Any:
    """What an entry says, without where it says so."""
    if dataclasses.is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        skipped = ("at", "places", "raw")
        return {name: facts(one) for name, one in named.items() if name not in skipped}
    return [facts(one) for one in value] if isinstance(value, tuple) else value


def reread(glossary: Glossary) -> Glossary:
    Path("again.json").write_text(glossary.to_json(), "utf-8")
    return load_glossary("again.json")


# --- messages ------------------------------------------------------------------------------------

#: What a file holds, and all that is said of it. The name of the file is left out.
WRONG_ENTRIES: dict[str, tuple[str, list[str]]] = {
    "unknown-key": (
        "- {id: a, kind: place, canonical: A, varients: [B]}",
        ['1:38: unknown key "varients"; did you mean "variants"?'],
    ),
    "unknown-key-like-nothing": (
        "- {id: a, kind: place, canonical: A, colour: red}",
        [f'1:38: unknown key "colour"; known keys: {KEYS}'],
    ),
    "unknown-key-of-a-variant": (
        "- {id: a, kind: place, canonical: A, variants: [{text: B, acton: suggest}]}",
        ['1:59: unknown key "acton"; did you mean "action"?'],
    ),
    "merge-key": (
        "- {id: a, kind: place, canonical: A, <<: {case: name}}",
        [f'1:38: unknown key "<<"; known keys: {KEYS}'],
    ),
    "text-for-a-list": (
        "- {id: a, kind: place, canonical: A, variants: B}",
        ['1:48: "variants" must be a list, found "B"'],
    ),
    "list-for-a-text": (
        "- {id: a, kind: place, canonical: [A]}",
        ['1:35: "canonical" must be text, found a list'],
    ),
    "mapping-for-a-text": (
        "- {id: a, kind: place, canonical: A, why: {x: y}}",
        ['1:43: "why" must be text, found a mapping'],
    ),
    "text-for-a-mapping": (
        "- {id: a, kind: person, name: Ann Bell}",
        [
            '1:31: "name" must be a mapping of given, family, patronymic, order, found "Ann Bell"',
        ],
    ),
    "yes-for-a-switch": (
        "- {id: a, kind: place, canonical: A, conventional: yes}",
        ['1:52: "conventional" must be true or false, found "yes"'],
    ),
    "list-for-a-plural": (
        "- {id: a, kind: place, canonical: A, plural: [As]}",
        ['1:46: "plural" must be true or false or text, found a list'],
    ),
    "list-in-the-variants": (
        "- {id: a, kind: place, canonical: A, variants: [[B]]}",
        [
            '1:49: an item of "variants" must be text or a mapping of text, action, origin, note, '
            "found a list"
        ],
    ),
    "word-that-is-not-allowed": (
        "- {id: a, kind: places, canonical: A}",
        [
            '1:17: "kind" must be one of person, weapon, place, organization; found "places"; '
            'did you mean "place"?'
        ],
    ),
    "action-that-is-not-allowed": (
        "- {id: a, kind: place, canonical: A, variants: [{text: B, action: keep}]}",
        ['1:67: "action" must be one of rewrite, suggest; found "keep"'],
    ),
    "derive-that-is-not-allowed": (
        "- {id: a, kind: place, canonical: A, derive: of}",
        ['1:46: "derive" must be one of default, suggest, off; found "of"; did you mean "off"?'],
    ),
    "duplicate-key": (
        "- id: a\n  kind: place\n  canonical: A\n  kind: weapon",
        ['4:3: duplicate key "kind", first written in line 2; keep one of them'],
    ),
    "duplicate-id": (
        A + "- {id: a, kind: place, canonical: B}",
        [
            '2:8: duplicate id "a", first used at a.yaml:1; choose another id, '
            "or override: true in a later glossary"
        ],
    ),
    "id-in-capitals": (
        "- {id: Kim, kind: place, canonical: A}",
        [
            '1:8: "id" is "Kim"; expected lower-case letters, digits and single hyphens, '
            "such as kim-jong-un"
        ],
    ),
    "missing-keys": (
        "- {why: nothing}",
        ['1:3: the key "id" is missing; add it', '1:3: the key "kind" is missing; add it'],
    ),
    "missing-canonical-form": (
        "- {id: a, kind: place}",
        ['1:3: the key "canonical" is missing; add it'],
    ),
    "missing-name": (
        "- {id: a, kind: person}",
        ['1:3: the key "canonical or name" is missing; add it'],
    ),
    "missing-part-of-a-name": (
        "- {id: a, kind: person, name: {given: Ann}}",
        ['1:31: the key "family" is missing; add it'],
    ),
    "name-of-a-place": (
        "- {id: a, kind: place, canonical: A B, name: {given: A, family: B}}",
        ["1:40: name is for persons; this entry is a place"],
    ),
    "canonical-form-unlike-the-name": (
        "- {id: a, kind: person, canonical: Kim Un, name: {given: Un, family: Kim}}",
        [
            '1:36: canonical is "Kim Un", but name gives "Un Kim"; '
            "correct one, or leave canonical out"
        ],
    ),
    "nothing-to-match": (
        "- {id: a, kind: place, canonical: A, variants: [—]}",
        ['1:49: "—" has no letter or digit; nothing could be matched'],
    ),
    "tilde": (
        "- {id: a, kind: place, canonical: A, variants: [~]}",
        ['1:49: "~" has no letter or digit; nothing could be matched'],
    ),
    "line-break": (
        "- {id: a, kind: place, canonical: A, variants: ['B\n\n  C']}",
        ["1:49: 'B\\nC' has a line break; write it on one line"],
    ),
    "date-of-no-calendar": (
        "- {id: a, kind: place, canonical: A, reviewed: 14 August}",
        ['1:48: "reviewed" is "14 August"; expected a date such as 2026-11-21'],
    ),
    "override-of-nothing": (
        "- {id: a, kind: place, canonical: A, override: true}",
        [
            '1:8: override: true, but no earlier glossary has the id "a"; '
            "check the id or remove override"
        ],
    ),
    "confused-with-nobody": (
        "- {id: a, kind: place, canonical: A, confused_with: [b]}",
        [
            '1:3: confused_with names "b", which is no id of this glossary; correct or remove it',
        ],
    ),
    "former-id-in-use": (
        "- {id: a, kind: place, canonical: A, former_ids: [b]}\n"
        "- {id: b, kind: place, canonical: B}",
        ['2:3: id "b" also belongs to a; ids are never reused, choose another'],
    ),
    "former-id-twice": (
        "- {id: a, kind: place, canonical: A, former_ids: [c]}\n"
        "- {id: b, kind: place, canonical: B, former_ids: [c]}",
        ['2:3: id "c" also belongs to a; ids are never reused, choose another'],
    ),
    "mapping-for-a-file": ("id: a", ["1:1: the file must be a list, found a mapping"]),
    "text-for-a-file": ("Kyiv", ['1:1: the file must be a list, found "Kyiv"']),
    "list-for-a-key": (
        "- {[a]: b}",
        ["1:4: a key must be text, not a list or mapping"],
    ),
    "anchor": (
        "- &a {id: a, kind: place, canonical: A}",
        ["1:3: anchor &a; write the value out where it is needed"],
    ),
    "alias": (
        A + "- *a",
        ["2:3: alias *a; write the value out, aliases are not read"],
    ),
    "python-object": (
        "- {id: a, kind: place, canonical: !!python/object/apply:os.getcwd []}",
        [
            "1:35: tag tag:yaml.org,2002:python/object/apply:os.getcwd; "
            "all values are plain text, remove the tag"
        ],
    ),
    "second-document": (
        A + "---\n" + A,
        ["2:1: a second document (---); write one list of entries per file"],
    ),
    "columns-count-code-points": (
        '- {id: a, kind: place, canonical: "🎯 A", colour: red}',
        [f'1:42: unknown key "colour"; known keys: {KEYS}'],
    ),
}


@pytest.mark.parametrize("label", WRONG_ENTRIES)
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_problem_says_where_what_and_what_to_do(
    label: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser in C and the one in Python, which some systems have alone, say the same."""
    monkeypatch.setattr(yaml_tree, "_Loader", getattr(yaml, parser))
    content, expected = WRONG_ENTRIES[label]
    assert problems(content) == [f"a.yaml:{message}" for message in expected]


BROKEN_YAML = {
    "colon": "- id: a\n  kind: place\n  canonical: A: B\n",
    "at-sign": "- {id: a, kind: place, canonical: @A}",
    "backtick": "- {id: a, kind: place, canonical: `A`}",
    "unclosed-quotation": '- {id: a, kind: place, canonical: "A}\n',
    "unclosed-list": "- {id: a, kind: place, canonical: A, variants: [B}\n",
    "star": "- {id: a, kind: place, canonical: A, unless: [* Kyiv]}\n",
    "indentation": "- id: a\n   kind: place\n",
    "apostrophe": "- {id: a, kind: place, canonical: 'Sana'a'}\n",
    "tab": "- id: a\n\tkind: place\n",
}


@pytest.mark.parametrize("label", BROKEN_YAML)
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_broken_yaml_has_a_place_and_a_remedy(
    label: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "_Loader", getattr(yaml, parser))
    (message,) = problems(BROKEN_YAML[label])
    assert re.fullmatch(r"a\.yaml:\d+:\d+: not YAML: [^;]+; .+", message)


def test_tabs_are_told_to_be_spaces() -> None:
    (message,) = problems(BROKEN_YAML["tab"])
    assert message.startswith("a.yaml:2:1: ")
    assert message.endswith("; indent with spaces, tabs are not allowed")


#: Entries that a careless loader takes, with the line and column to blame.
LOOKS_RIGHT = {
    "id-with-a-line-break": ('- {id: "a\\n", kind: place, canonical: A}', "1:8"),
    "date-in-other-digits": (
        "- {id: a, kind: place, canonical: A, reviewed: ٢٠٢٦-١١-٢١}",
        "1:48",
    ),
    "space-before-a-variant": ("- {id: a, kind: place, canonical: A, variants: [' B']}", "1:49"),
    "space-after-a-canonical-form": ("- {id: a, kind: place, canonical: 'A '}", "1:35"),
    "line-separator": ('- {id: a, kind: place, canonical: "A\\u2028B"}', "1:35"),
    "next-line": ('- {id: a, kind: place, canonical: "A\\x85B"}', "1:35"),
    "form-of-signs": ("- {id: a, kind: place, canonical: A, forms: {house: '!'}}", "1:53"),
    "form-with-a-line-break": (
        '- {id: a, kind: place, canonical: A, forms: {house: "A\\nB"}}',
        "1:53",
    ),
    "given-name-of-signs": ("- {id: a, kind: person, name: {given: '!', family: B}}", "1:39"),
    "plural-of-signs": ("- {id: a, kind: place, canonical: A, plural: '!'}", "1:46"),
    "patronymic-of-signs": (
        "- {id: a, kind: person, name: {given: A, family: B, patronymic: '!'}}",
        "1:65",
    ),
    "other-name-of-signs": (
        "- {id: a, kind: place, canonical: A, other_names: [{text: '!'}]}",
        "1:52",
    ),
    "yes-for-a-plural": ("- {id: a, kind: place, canonical: A, plural: yes}", "1:46"),
    "capitals-for-a-plural": ("- {id: a, kind: place, canonical: A, plural: True}", "1:46"),
    # These are letters to Python and no part of a word to the matcher: every text failed.
    "apostrophe-alone": ('- {id: a, kind: place, canonical: A, variants: ["\\u02bc"]}', "1:49"),
    "vowel-alone": ('- {id: a, kind: place, canonical: A, variants: ["\\u1161"]}', "1:49"),
}


@pytest.mark.parametrize("label", LOOKS_RIGHT)
def test_entry_that_only_looks_right_is_refused(label: str) -> None:
    content, place = LOOKS_RIGHT[label]
    messages = problems(content)
    assert [message.split(": ")[0] for message in messages] == [f"a.yaml:{place}"]


EMPTY_VALUES = {
    "id": "- {id: '', kind: place, canonical: A}",
    "kind": "- {id: a, kind: , canonical: A}",
    "canonical": "- {id: a, kind: place, canonical: ''}",
    "canonical-without-value": "- {id: a, kind: place, canonical: }",
    "variant": "- {id: a, kind: place, canonical: A, variants: ['']}",
    "variant-of-spaces": "- {id: a, kind: place, canonical: A, variants: ['  ']}",
    "variants-without-value": "- {id: a, kind: place, canonical: A, variants: }",
    "variant-text": "- {id: a, kind: place, canonical: A, variants: [{text: ''}]}",
    "needs": "- {id: a, kind: place, canonical: A, needs: ['']}",
    "unless": "- {id: a, kind: place, canonical: A, unless: ['']}",
    "form": "- {id: a, kind: place, canonical: A, forms: {house: ''}}",
    "source": "- {id: a, kind: place, canonical: A, source: {ru: ''}}",
    "given": "- {id: a, kind: person, name: {given: '', family: B}}",
    "example": "- {id: a, kind: place, canonical: A, examples: [{text: ''}]}",
    "entry": "- \n",
}


@pytest.mark.parametrize("label", EMPTY_VALUES)
def test_empty_value_is_a_problem(label: str) -> None:
    messages = problems(EMPTY_VALUES[label])
    assert any("is empty" in m or 'is ""' in m or "found nothing" in m for m in messages)


def test_all_problems_of_all_files_come_at_once() -> None:
    write(
        {
            "g/a.yaml": "- {id: a, kind: town, canonical: A, varients: [B]}\n",
            "g/b.yaml": "- id: b\n   kind: place\n",
            "g/c.json": '[{"id": "C", "kind": "place", "canonical": "C"}]',
            "g/d.yaml": b"\xff",
            "g/profiles/p.yaml": "quotes: maybe\n",
        }
    )
    with pytest.raises(GlossaryError) as caught:
        load_glossary("g")
    places = [str(problem).split(": ")[0] for problem in caught.value.problems]
    assert places == [
        "g/a.yaml:1:17",
        "g/a.yaml:1:37",
        "g/b.yaml:2:8",
        "g/c.json[0].id",
        "g/d.yaml:1:1",
        "g/profiles/p.yaml:1:1",
        "g/profiles/p.yaml:1:9",
    ]


def test_clashes_of_ids_come_with_the_other_problems() -> None:
    messages = problems(
        "- {id: a, kind: town, canonical: A, former_ids: [b]}\n"
        "- {id: b, kind: place, canonical: B, confused_with: [c]}\n"
    )
    assert [" ".join(message.split()[1:4]) for message in messages] == [
        '"kind" must be',
        'confused_with names "c",',
        'id "b" also',
    ]


def test_names_that_lead_nowhere_are_told_only_when_all_is_known() -> None:
    """What is missing may be in the file that could not be read."""
    write(
        {
            "a.yaml": "- {id: a, kind: place, canonical: A, forms: {own: B}, confused_with: [c]}",
            "b.yaml": "- {id: c, kind: place",
            "profiles/house.yaml": "title: House\nrenames: [c]\n",
            "profiles/own.yaml": "quotes: maybe\n",
        }
    )
    with pytest.raises(GlossaryError) as caught:
        load_glossary(".")
    files = ["b.yaml", "profiles/own.yaml", "profiles/own.yaml"]
    assert [problem.path for problem in caught.value.problems] == files


# --- YAML ----------------------------------------------------------------------------------------

TRAPS = """
    No on Off yes y true Null null 3M 1e5 1.0 1_000 0x1F 012 0o17 12:30:45 .inf NaN 2019-08-14
    2001-12-14t21:59:43.10-05:00 = <<
""".split()


@pytest.mark.parametrize(
    "trap", [trap for trap in TRAPS if trap[0].isalnum() or trap[1:].isalpha()]
)
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_plain_words_of_yaml_stay_text(trap: str, quote: str) -> None:
    content = f"- {{id: a, kind: place, canonical: A, variants: [{quote}{trap}{quote}]}}"
    assert variants(content) == [trap]


def test_words_that_tools_read_as_patterns_are_loaded() -> None:
    spellings = ["Kim Jong-un", "S-400 (Triumf)", "A.N.T.", "C++", "$1", "\\1", "[a]", "a|b", "^a$"]
    entry = {"id": "a", "kind": "place", "canonical": "A", "variants": spellings}
    assert variants(json.dumps([entry]), "a.json") == spellings
    assert variants(yaml.safe_dump([entry])) == spellings


@pytest.mark.parametrize("start", ["\ufeff", "%YAML 1.1\n---\n", "---\n", "# comment\n\n"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_what_surrounds_entries_does_not_matter(start: str, line_break: str) -> None:
    content = start + "- id: a\n  kind: place\n  canonical: A\n  variants: [B]\n"
    assert variants(content.replace("\n", line_break)) == ["B"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_are_counted_with_any_line_break(line_break: str) -> None:
    content = "- id: a\n  kind: place\n  canonical: A\n  colour: red\n"
    (message,) = problems(content.replace("\n", line_break))
    assert message.startswith("a.yaml:4:3: unknown key")


@pytest.mark.parametrize("content", ["", "\n", "# nothing yet\n", "\ufeff", "[]"])
def test_empty_file_has_no_entries(content: str) -> None:
    assert len(load({"a.yaml": content})) == 0


def test_bytes_that_are_not_utf8_are_refused() -> None:
    content = b"- id: a\n  kind: place\n  canonical: Malm\xf6\n"
    assert problems(content) == ["a.yaml:3:1: not UTF-8 at byte 39; save the file as UTF-8"]
    assert problems("[]".encode("utf-16")) == [
        "a.yaml:1:1: not UTF-8 at byte 0; save the file as UTF-8"
    ]


#: What may not stand in a YAML file, and how it may be written.
FORBIDDEN = {
    "\x01": "\\x01",
    "\x7f": "\\x7f",
    "\x9b": "\\x9b",
    "\ufeff": "\\ufeff",
    "\ufffe": "\\ufffe",
}


@pytest.mark.parametrize("character", FORBIDDEN, ids=list(FORBIDDEN.values()))
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_control_character_has_a_place_and_a_remedy(
    character: str, parser: str, line_break: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "_Loader", getattr(yaml, parser))
    content = '- {id: a, kind: place,\n   canonical: "Ж%s"}\n'.replace("\n", line_break)
    escape = FORBIDDEN[character]
    assert problems(content % character) == [
        f"a.yaml:2:17: not YAML: the character U+{ord(character):04X}, which cannot be seen; "
        f'remove it, or write "{escape}" in double quotes'
    ]
    assert [e.canonical for e in load({"a.yaml": content % escape})] == [f"Ж{character}"]


# --- refused quickly -----------------------------------------------------------------------------


def bomb() -> str:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for i in range(20):
        lines.append(f"- &a{i + 1} [" + ", ".join([f"*a{i}"] * 10) + "]")
    return "\n".join(lines)


TOO_MUCH: dict[str, tuple[str, str | bytes, str]] = {
    "alias-bomb": ("a.yaml", bomb(), "a.yaml:1:3: anchor &a0"),
    "open-lists": ("a.yaml", "[" * 10_000, "a.yaml:1:13: nested too deeply"),
    "nested-lists": ("a.yaml", "[" * 10_000 + "]" * 10_000, "a.yaml:1:13: nested too deeply"),
    "nested-mappings": ("a.yaml", "{a: " * 10_000 + "}" * 10_000, "a.yaml:1:49: nested too deeply"),
    "block-lists": ("a.yaml", "- " * 10_000 + "a", "a.yaml:1:25: nested too deeply"),
    "keys": ("a.yaml", "? " * 10_000 + "a", "a.yaml:1:3: a key must be text"),
    "json-lists": ("a.json", "[" * 10_000 + "]" * 10_000, "a.json: nested too deeply"),
    "json-lists-13": ("a.json", "[" * 14 + "]" * 14, f"a.json{'[0]' * 13}: nested too deeply"),
    "json-objects": ("a.json", '{"a":' * 10_000 + "1" + "}" * 10_000, "a.json: nested too deeply"),
    "json-number": (
        "a.json",
        '[{"id": "a", "kind": "place", "canonical": ' + "9" * 10_000 + "}]",
        "a.json",
    ),
    "huge-yaml": ("a.yaml", b"#" * 70_000_000, "a.yaml: file too large (70,000,000 bytes"),
    "huge-json": ("a.json", b" " * 70_000_000, "a.json: file too large (70,000,000 bytes"),
}


@pytest.mark.parametrize("label", TOO_MUCH)
def test_too_much_is_refused(label: str) -> None:
    name, content, expected = TOO_MUCH[label]
    write({name: content})
    with pytest.raises(GlossaryError) as caught:
        load_glossary(name)
    assert str(caught.value).startswith(expected)


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_huge_file_is_not_read_into_memory(name: str) -> None:
    Path(name).touch()
    os.truncate(name, MAX_BYTES + 1)  # sparse: takes no room on the disk
    tracemalloc.start()
    try:
        with pytest.raises(GlossaryError, match="file too large"):
            load_glossary(name)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


# --- several files and glossaries ----------------------------------------------------------------


def test_folder_is_read_as_one_glossary() -> None:
    glossary = load(
        {
            "g/people/b.yml": "- {id: b, kind: place, canonical: B}",
            "g/a.yaml": A,
            "g/c.json": '[{"id": "c", "kind": "place", "canonical": "C"}]',
            "g/.hidden.yaml": "broken: [",
            "g/.git/d.yaml": "broken: [",
            "g/README.md": "broken: [",
        },
        "g",
    )
    assert [entry.id for entry in glossary] == ["a", "b", "c"]


def test_missing_path_is_told() -> None:
    with pytest.raises(UsageError, match=r"^nowhere: no such glossary; give a YAML or JSON file"):
        load_glossary("nowhere")


def test_folder_without_files_is_told() -> None:
    write({"g/README.md": "text"})
    with pytest.raises(UsageError, match=r"^g: no glossary file in this folder; expected \*\.yaml"):
        load_glossary("g")


def test_same_id_in_two_files_is_a_problem() -> None:
    write({"g/a.yaml": A, "g/b.yaml": "\n" + A})
    with pytest.raises(GlossaryError) as caught:
        load_glossary("g")
    assert str(caught.value).startswith('g/b.yaml:2:8: duplicate id "a", first used at g/a.yaml:1;')


def test_same_id_in_two_glossaries_needs_override() -> None:
    write({"g/a.yaml": A, "o/a.yaml": "- {id: a, kind: place, canonical: B}"})
    with pytest.raises(GlossaryError, match=r'^o/a\.yaml:1:8: duplicate id "a"'):
        load_glossary("g", "o")


def test_later_glossary_adds_and_overrides() -> None:
    glossary = load(
        {
            "g/a.yaml": "- {id: a, kind: place, canonical: A, variants: [Aa]}\n"
            "- {id: b, kind: place, canonical: B}",
            "o/a.yaml": "- {id: a, kind: weapon, canonical: AA, override: true}\n"
            "- {id: c, kind: place, canonical: C}",
        },
        "g",
        "o",
    )
    assert [(e.id, e.kind, e.canonical) for e in glossary] == [
        ("a", "weapon", "AA"),
        ("b", "place", "B"),
        ("c", "place", "C"),
    ]
    assert glossary.entries[0].variants == ()  # as a whole


@pytest.mark.parametrize("second", ["o/a.yaml", "o/b.yaml"])
def test_two_overrides_in_one_glossary_are_a_problem(second: str) -> None:
    """The last one won, whatever the files were called."""
    first = "- {id: a, kind: place, canonical: B, override: true}\n"
    again = "- {id: a, kind: place, canonical: C, override: true}\n"
    write({"g/a.yaml": A, "o/a.yaml": first})
    write({second: again if second != "o/a.yaml" else first + again})
    with pytest.raises(GlossaryError, match='duplicate id "a"'):
        load_glossary("g", "o")


def test_each_glossary_overrides_the_one_before() -> None:
    override = "- {id: a, kind: place, canonical: %s, override: true}"
    files: dict[str, str | bytes] = {
        "1.yaml": A,
        "2.yaml": override % "B",
        "3.yaml": override % "C",
    }
    assert [e.canonical for e in load(files, "1.yaml", "2.yaml", "3.yaml")] == ["C"]


def test_shipped_glossary_merges_with_ours() -> None:
    write({"ours.yaml": "- {id: zz-place, kind: place, canonical: Zz}"})
    assert len(load_glossary("shipped", "ours.yaml")) == len(load_glossary(check=False)) + 1


def test_entries_can_be_disabled() -> None:
    content = A + "- {id: b, kind: place, canonical: B}"
    assert [e.id for e in load({"a.yaml": content}, disable=("a",))] == ["b"]


def test_disabling_an_unknown_entry_is_told() -> None:
    with pytest.raises(UsageError, match="no entry with the id c, d"):
        load({"a.yaml": A}, disable=("c", "a", "d"))


def test_disabling_an_entry_does_not_break_those_confused_with_it() -> None:
    content = A + "- {id: b, kind: place, canonical: B, confused_with: [a]}"
    assert [e.id for e in load({"a.yaml": content}, disable=("a",))] == ["b"]


def test_shipped_entries_that_others_name_can_be_disabled() -> None:
    shipped = load_glossary(check=False)
    named = sorted({other for entry in shipped for other in entry.confused_with})
    for chosen in (named[:1], named[1::2], named):
        left = load_glossary(disable=chosen, check=False)
        assert len(left) == len(shipped) - len(chosen)


def test_entry_is_found_by_a_former_id() -> None:
    glossary = load({"a.yaml": "- {id: a, kind: place, canonical: A, former_ids: [b]}"})
    entry = glossary.get("b")
    assert entry is not None
    assert entry.id == "a"
    assert glossary.get("c") is None


# --- JSON ----------------------------------------------------------------------------------------

FULL = """
- id: dmitry-peskov
  former_ids: [peskov]
  kind: person
  name: {given: Dmitry, family: Peskov, patronymic: Sergeyevich, order: given-first}
  forms: {own: Dmitri Peskov}
  source: {ru: Дмитрий Песков, uk: [Дмитро Пєсков]}
  variants:
    - Dmitri Peskow
    - {text: Dimitri Peskov, action: suggest, origin: wikidata, note: rare}
  derive: {schemes: [bgn-pcgn-russian-1947], except: [turkish-press-russian]}
  case: name
  short: in-context
  needs: [Kremlin]
  unless: [Peskov Street]
  other_names: [Dima, {text: Dimon, note: nickname, from: "1990", until: "2000"}]
  confused_with: [mig-31]
  why: usual spelling
  links: {wikidata: Q4345832}
  reviewed: 2026-11-21
  sources: [{title: Stylebook, url: "https://example.org", row: "3", for: spelling}]
  examples: [{text: Kremlin and Dmitri Peskow, expect: Kremlin and Dmitry Peskov, suggests: []}]
- {id: mig-31, kind: weapon, canonical: MiG-31, plural: true, conventional: false, override: false}
- {id: un, kind: organization, canonical: UN, plural: UNs, conventional: true}
"""


def test_json_round_trip_is_the_same_glossary() -> None:
    glossary = load({"a.yaml": FULL}, "a.yaml")
    again = reread(glossary)
    assert again.digest == glossary.digest
    assert again.to_json() == glossary.to_json()
    assert [facts(entry) for entry in again] == [facts(entry) for entry in glossary]


def test_json_round_trip_of_the_shipped_glossary() -> None:
    """The entries alone: profiles are files of their own, and the digest covers both."""
    glossary = load_glossary(check=False)
    Path("again.json").write_text(glossary.to_json(), "utf-8")
    assert load_glossary("again.json", check=False).to_json() == glossary.to_json()


def test_json_round_trip_of_merged_glossaries() -> None:
    files: dict[str, str | bytes] = {
        "g.yaml": A,
        "o.yaml": "- {id: a, kind: place, canonical: B, override: true}",
    }
    glossary = load(files, "g.yaml", "o.yaml")
    assert [e.canonical for e in reread(glossary)] == ["B"]
    assert reread(glossary).digest == glossary.digest


NOT_TEXT = {
    "number": "[1]",
    "fraction": "[1.5]",
    "null": "[null]",
    "switch": "[true]",
    "switch-in-a-mapping": '[{"text": false}]',
    "no-number": "[NaN]",
}


@pytest.mark.parametrize("label", NOT_TEXT)
def test_json_values_that_are_no_text_are_refused(label: str) -> None:
    content = f'[{{"id": "a", "kind": "place", "canonical": "A", "variants": {NOT_TEXT[label]}}}]'
    (message,) = problems(content, "a.json")
    assert message.startswith("a.json[0].variants[0]")


def test_json_problem_names_the_path_of_the_value() -> None:
    content = (
        '[{"id": "a", "kind": "place", "canonical": "A"}, '
        '{"id": "a", "kind": "town", "kind": "place", "canonical": "B", "why": [], "needs": [""]}]'
    )
    assert problems(content, "a.json") == [
        'a.json[1].id: duplicate id "a", first used at a.json[0]; choose another id, '
        "or override: true in a later glossary",
        'a.json[1].kind: "kind" must be one of person, weapon, place, organization; found "town"',
        'a.json[1].kind: duplicate key "kind"; keep one of them',
        'a.json[1].needs[0]: an item of "needs" is empty; write the text or remove the key',
        'a.json[1].why: "why" must be text, found a list',
    ]


def test_broken_json_has_line_and_column() -> None:
    assert problems('[{"id": "a",\n  "kind" "place"}]', "a.json") == [
        "a.json:2:10: not JSON: Expecting ':' delimiter"
    ]


# --- digest --------------------------------------------------------------------------------------

ENTRIES = [
    "- id: a\n  kind: place\n  canonical: A\n  source: {ru: А, uk: А}\n  variants: [B, C]\n",
    "- id: b\n  kind: place\n  canonical: Bb\n  plural: true\n",
    "- id: c\n  kind: place\n  canonical: Cc\n  why: because\n",
]


def digest_of(files: dict[str, str | bytes]) -> str:
    for old in Path().rglob("*.*"):
        old.unlink()
    write(files)
    return load_glossary(".", check=False).digest


def test_digest_depends_on_what_entries_say_alone() -> None:
    expected = digest_of({"a.yaml": "".join(ENTRIES)})
    assert re.fullmatch("sha256:[0-9a-f]{64}", expected)
    flow = (
        "# places\n- {source: {uk: А, 'ru': \"А\"}, variants: [B, 'C'], canonical: A, id: a, "
        "kind: place} # done\n"
    )
    others: list[dict[str, str | bytes]] = [
        {"a.yaml": "".join(reversed(ENTRIES))},
        {"z.yaml": ENTRIES[0], "a.yml": ENTRIES[1], "folder/b.yaml": ENTRIES[2]},
        {"a.yaml": flow + "\n\n" + ENTRIES[2] + ENTRIES[1].replace("\n", "\r\n")},
        {"a.json": json.dumps([entry.raw for entry in load({"a.yaml": "".join(ENTRIES)})])},
    ]
    assert [digest_of(files) for files in others] == [expected] * len(others)


@pytest.mark.parametrize(
    ("old", "new"),
    [("[B, C]", "[B]"), ("because", "Because"), ("plural: true", "plural: false"), ("Cc", "CC")],
)
def test_digest_changes_with_any_word(old: str, new: str) -> None:
    content = "".join(ENTRIES)
    assert digest_of({"a.yaml": content}) != digest_of({"a.yaml": content.replace(old, new)})


def test_digest_covers_profiles() -> None:
    def digest(profile: str) -> str:
        return digest_of({"a.yaml": "".join(ENTRIES), "profiles/own.yaml": profile})

    plain = digest("title: Own\nschemes: {ru: x, uk: y}\nrenames: [a, b]\n")
    assert digest("title: Own\nschemes: {ru: x, uk: y}\nrenames: [a]\n") != plain
    assert digest("title: Own\nschemes: {ru: x, uk: z}\nrenames: [a, b]\n") != plain
    assert digest("# b\nrenames: [b, a]\nschemes: {uk: y, ru: x}\ntitle: Own\n") == plain


# --- schemas -------------------------------------------------------------------------------------

ENTRY_VALUES: list[dict[str, Any]] = [
    {"former_ids": ["b", "c-1"]},
    {"former_ids": "b"},
    {"former_ids": ["B"]},
    {"kind": "person"},
    {"kind": "city"},
    {"canonical": ["A"]},
    {"forms": {"own": "Aa"}},
    {"forms": ["Aa"]},
    {"forms": {"own": ""}},
    {"source": {"ru": "А", "uk": ["А", "Б"]}},
    {"source": {"ru": {"x": "y"}}},
    {"source": "А"},
    {"conventional": True},
    {"conventional": "yes"},
    {"variants": ["B", {"text": "C", "action": "suggest", "origin": "x", "note": "y"}]},
    {"variants": [{"action": "suggest"}]},
    {"variants": [{"text": "C", "action": "keep"}]},
    {"variants": ["B", ""]},
    {"variants": ["B", ["C"]]},
    {"variants": "B"},
    {"derive": "suggest"},
    {"derive": "on"},
    {"derive": {"schemes": ["iso-9-russian-1995"], "except": ["un-russian-1987"]}},
    {"derive": {"scheme": ["x"]}},
    {"case": "fixed"},
    {"case": "upper"},
    {"plural": True},
    {"plural": "Aas"},
    {"plural": ["Aas"]},
    {"short": "off"},
    {"short": "never"},
    {"needs": ["x"]},
    {"needs": "x"},
    {"unless": ["x *"]},
    {"unless": [""]},
    {"other_names": ["B", {"text": "C", "note": "n", "from": "1990", "until": "2000"}]},
    {"other_names": [{"name": "C"}]},
    {"why": "x"},
    {"why": ""},
    {"links": {"wikidata": "Q1"}},
    {"links": ["Q1"]},
    {"reviewed": "2026-11-21"},
    {"reviewed": "21.11.2026"},
    {"sources": [{"title": "x", "url": "y", "row": "1", "for": "existence"}]},
    {"sources": [{"url": "y"}]},
    {"sources": [{"title": "x", "for": "everything"}]},
    {"examples": [{"text": "A", "suggests": []}, {"text": "A", "expect": "A"}]},
    {"examples": ["A"]},
    {"override": False},
    {"override": "no"},
    {"id": "a-1"},
    {"id": "-a"},
    {"id": "a\n"},
    {"id": ""},
    {"variant": ["B"]},
]


def says(name: str, value: Any) -> bool:
    """Tell whether a published schema accepts a value.

    ``jsonschema`` lets ``$`` match before a line break, which JSON Schema does not.
    """
    checker = jsonschema.Draft202012Validator(schema(name))
    checker.check_schema(schema(name))
    return bool(checker.is_valid(value)) and "\\n" not in json.dumps(value)


@pytest.mark.parametrize("value", ENTRY_VALUES, ids=[json.dumps(v) for v in ENTRY_VALUES])
@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_loader_agrees_with_the_schema(value: dict[str, Any], ending: str) -> None:
    entries = [{"id": "a", "kind": "place", "canonical": "A"} | value]
    dump = json.dumps if ending == "json" else yaml.safe_dump
    accepted = True
    try:
        load({f"a.{ending}": dump(entries)})
    except GlossaryError:
        accepted = False
    assert accepted == says("entry", entries)


@pytest.mark.parametrize(
    "value",
    [
        {"title": "Own"},
        {"title": "Own", "why": "x", "sources": ["y"], "quotes": "keep", "hashtags": "rewrite"},
        {"title": "Own", "schemes": {"ru": "iso-9-russian-1995"}, "renames": ["a"]},
        {"title": ""},
        {"quotes": "keep"},
        {"title": "Own", "quotes": "maybe"},
        {"title": "Own", "hashtags": "suggest"},
        {"title": "Own", "schemes": ["x"]},
        {"title": "Own", "renames": "a"},
        {"title": "Own", "colour": "red"},
        ["Own"],
    ],
    ids=json.dumps,
)
def test_loader_agrees_with_the_schema_of_profiles(value: Any) -> None:
    accepted = True
    try:
        load({"a.yaml": A, "profiles/own.yaml": yaml.safe_dump(value)})
    except GlossaryError:
        accepted = False
    assert accepted == says("profile", value)


def test_shipped_glossary_fits_the_schema() -> None:
    entries = [entry.raw for entry in load_glossary(check=False)]
    checker = jsonschema.Draft202012Validator(schema("entry"))
    assert [error.message for error in checker.iter_errors(entries)] == []


# --- profiles ------------------------------------------------------------------------------------

PLACES = """
- {id: kyiv, kind: place, canonical: Kyiv, forms: {own: Kiev}, variants: [Kyjiw]}
- {id: bakhmut, kind: place, canonical: Bakhmut, variants: [Bachmut], other_names: [Artemivsk]}
- {id: dnipro, kind: place, canonical: Dnipro, other_names: [Dnipropetrovsk]}
"""
OWN: dict[str, str | bytes] = {
    "places.yaml": PLACES,
    "profiles/own.yaml": "title: Own\nhashtags: rewrite\nrenames: [bakhmut]\n",
}


def own(text: str, profile: str) -> Iterator[tuple[str, str, str, str | None]]:
    normalizer = Normalizer(load(OWN), profile=profile)
    for finding in normalizer.normalize(text).findings:
        yield finding.found, finding.replacement, finding.rule, finding.reason


def test_every_glossary_has_the_house_profile() -> None:
    assert list(load({"a.yaml": A}).profiles) == ["house"]
    assert load_glossary(check=False).profiles["house"].name == "house"


def test_forms_of_all_profiles_are_found_and_that_of_the_running_one_is_written() -> None:
    text = "In Kyiv. To Kyjiw. From Kiev."
    assert list(own(text, "house")) == [
        ("Kyjiw", "Kyiv", "listed", None),
        ("Kiev", "Kyiv", "profile", None),
    ]
    assert list(own(text, "own")) == [
        ("Kyiv", "Kiev", "profile", None),
        ("Kyjiw", "Kiev", "listed", None),
    ]


def test_other_names_are_rewritten_where_the_profile_renames_alone() -> None:
    text = "In Artemivsk. To Dnipropetrovsk. From Bachmut."
    assert list(own(text, "house")) == [("Bachmut", "Bakhmut", "listed", None)]
    assert list(own(text, "own")) == [
        ("Artemivsk", "Bakhmut", "profile", None),
        ("Bachmut", "Bakhmut", "listed", None),
    ]


def test_rename_inside_a_quotation_is_only_suggested() -> None:
    text = "He said: “we left Artemivsk for good.” And: “we left Bachmut for good.”"
    assert list(own(text, "own")) == [
        ("Artemivsk", "Bakhmut", "profile", "quotation"),
        ("Bachmut", "Bakhmut", "listed", None),
    ]


def test_settings_of_a_profile_hold_unless_the_caller_sets_them() -> None:
    glossary = load(OWN)
    assert Normalizer(glossary).settings["hashtags"] == "keep"
    assert Normalizer(glossary, profile="own").settings["hashtags"] == "rewrite"
    assert Normalizer(glossary, profile="own", hashtags="keep").settings["hashtags"] == "keep"


def test_unknown_profile_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match='no profile "won"; this glossary has house, own'):
        Normalizer(load(OWN), profile="won")


def test_renaming_an_entry_that_does_not_exist_is_a_problem() -> None:
    write({"a.yaml": A, "profiles/own.yaml": "title: Own\nrenames: [a, b]\n"})
    with pytest.raises(GlossaryError, match=r"^profiles/own\.yaml:2:14: .*b"):
        load_glossary(".")


def test_renaming_a_disabled_entry_is_no_problem() -> None:
    assert "bakhmut" in load(OWN).profiles["own"].renames
    assert load(OWN, disable=("bakhmut",)).get("bakhmut") is None


FORM = "- {id: a, kind: place, canonical: A, forms: {own: B, house: A, onw: C}}"


def test_form_of_an_unknown_profile_is_a_problem() -> None:
    write({"a.yaml": FORM, "profiles/own.yaml": "title: Own\n"})
    with pytest.raises(GlossaryError) as caught:
        load_glossary(".")
    assert str(caught.value) == (
        'a.yaml:1:69: forms names the profile "onw", but this glossary has house, own; '
        "correct or remove it"
    )


def test_profiles_of_forms_are_not_asked_for_where_there_are_none() -> None:
    assert len(load({"a.yaml": FORM})) == 1


def test_renaming_a_name_without_letters_is_a_problem() -> None:
    write(
        {
            "a.yaml": "- {id: a, kind: place, canonical: A, other_names: ['!']}",
            "profiles/own.yaml": "title: Own\nrenames: [a]\n",
        }
    )
    with pytest.raises(GlossaryError, match="no letter or digit"):
        load_glossary(".")


def test_order_of_entries_and_files_does_not_matter() -> None:
    entries = PLACES.strip().split("\n")
    texts = set()
    for seed in range(10):
        random.Random(seed).shuffle(entries)
        split = seed % 4
        files: dict[str, str | bytes] = {
            "1.yaml": "\n".join(entries[:split]),
            "2.yaml": "\n".join(entries[split:]),
        }
        texts.add(load(files).to_json())
    assert len(texts) == 1
