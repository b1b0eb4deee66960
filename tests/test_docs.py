"""What the README and the documentation show is what happens."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from normalizer import Normalizer, load_glossary
from normalizer.curating.linting import find_problems
from normalizer.glossary.checking import schema
from normalizer.glossary.loading import Glossary, entries_from, make_glossary
from normalizer.normalizing.deciding import REASONS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

_BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<kind>\w+)[^\n]*\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S
)
_CODE = re.compile(r"``(.+?) ``|`([^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block of a page, without its indent; ``line`` is where its text begins."""

    text: str
    line: int


def blocks(page: Path, kind: str) -> list[Block]:
    """Return the blocks of a kind of a page."""
    text = page.read_text("utf-8")
    return [
        Block(textwrap.dedent(found["text"]), text.count("\n", 0, found.start()) + 2)
        for found in _BLOCK.finditer(text)
        if found["kind"] == kind
    ]


def pages_with(kind: str) -> Any:
    """Return the pages that have blocks of a kind, as parameters of a test."""
    found = [(page, name) for page, name in zip(PAGES, NAMES, strict=True) if blocks(page, kind)]
    assert found, f"no page has a block of {kind}"
    return pytest.mark.parametrize("page", [p for p, _ in found], ids=[name for _, name in found])


# --- code and commands ---------------------------------------------------------------------------


@pages_with("python")
def test_python_prints_what_the_page_shows(page: Path, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    globs: dict[str, Any] = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    for block in blocks(page, "python"):
        test = doctest.DocTestParser().get_doctest(
            block.text, globs, page.name, str(page), block.line
        )
        report: list[str] = []
        runner.run(test, out=report.append, clear_globs=False)
        globs = test.globs
        assert not report, "".join(report)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which ``normalizer`` is the command of this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "normalizer"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m normalizer "$@"\n')
    command.chmod(0o755)
    return os.environ | {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "NORMALIZER_CACHE": str(folder / "cache"),
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }


@pages_with("console")
def test_a_command_prints_what_the_page_shows(
    page: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    for block in blocks(page, "console"):
        for command, shown in commands(block.text):
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=tmp_path,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            assert f"{command}\n{done.stdout}" == f"{command}\n{shown}"


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what it prints; ``> `` continues a command."""
    command, shown = "", ""
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], ""
        elif line.startswith("> ") and not shown:
            command += "\n" + line[2:]
        else:
            shown += line + "\n"
    if command:
        yield command, shown


# --- entries -------------------------------------------------------------------------------------


def whole_glossaries() -> list[Any]:
    """Return the YAML blocks that are a list of entries."""
    return [
        pytest.param(block.text, id=f"{name}:{block.line}")
        for page, name in zip(PAGES, NAMES, strict=True)
        for block in blocks(page, "yaml")
        if isinstance(yaml.safe_load(block.text), list)
    ]


@pytest.mark.parametrize("text", whole_glossaries())
def test_a_glossary_on_a_page_loads_and_its_examples_come_out(text: str) -> None:
    assert find_problems(make_glossary(entries_from("page.yaml", text.encode()))) == []


def test_every_key_of_an_entry_has_a_section_with_an_example() -> None:
    page = ROOT / "docs" / "entry-format.md"
    text = page.read_text("utf-8")
    documented = re.findall(r"^### `(\w+)`$", text, re.M)
    assert documented == list(schema("entry")["$defs"]["entry"]["properties"])
    for key in documented:
        section = re.split(rf"^### `{key}`$", text, flags=re.M)[1].split("\n##")[0]
        example = re.search(r"```yaml\n(.*?)```", section, re.S)
        assert example, key
        if key != "override":  # it needs an earlier glossary
            entries_from("page.yaml", _completed(example[1]).encode())


def _completed(keys: str) -> str:
    """Return a glossary of one entry that has these keys and what every entry needs."""
    entry = {"id": "x", "kind": "weapon", "canonical": "X"}
    given = yaml.safe_load(keys)
    if "name" in given:
        entry = {"id": "x", "kind": "person"}
    needed = "".join(f"{key}: {value}\n" for key, value in entry.items() if key not in given)
    return "- " + textwrap.indent(needed + keys, "  ").lstrip()


@cache
def example_glossary() -> Glossary:
    """Return the entries that the examples of docs/entry-format.md use."""
    page = ROOT / "docs" / "entry-format.md"
    texts = [b.text for b in blocks(page, "yaml") if len(b.text.splitlines()) > 15]
    assert len(texts) == 1
    return make_glossary(entries_from("page.yaml", texts[0].encode()))


def rows(page: Path, head: str) -> list[list[str]]:
    """Return the cells of all tables whose header begins with a text."""
    found = []
    inside = False
    for line in page.read_text("utf-8").splitlines():
        if line.startswith(head):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    assert found, head
    return found


def codes(cell: str) -> list[str]:
    """Return what stands between backticks in a cell, its escapes read."""
    spans = [double or single for double, single in _CODE.findall(cell)]
    return [json.loads('"' + span.replace('"', '\\"') + '"') for span in spans]


def test_surfaces_come_out_as_the_tables_say() -> None:
    normalizer = Normalizer(example_glossary())
    for text, becomes, what in rows(ROOT / "docs" / "entry-format.md", "| In the text |"):
        result = normalizer.normalize(codes(text)[0])
        assert result.text == codes(becomes)[0], text
        if what.startswith("suggest"):
            assert [(f.action, f.reason) for f in result.kept] == [("suggest", codes(what)[0])], (
                text
            )
        else:
            forms = {form for finding in result.substitutions for form in finding.forms}
            assert forms == set(codes(what)), text
            assert result.kept == [], text


def test_every_reason_is_in_the_table_with_an_example_that_has_it() -> None:
    table = rows(ROOT / "docs" / "entry-format.md", "| reason |")
    assert tuple(codes(row[0])[0] for row in table) == REASONS
    for reason, action, _, example in table:
        if example == "–":
            continue
        found = codes(example)
        settings = dict(code.split(": ") for code in found[:-1])
        result = Normalizer(example_glossary(), **settings).normalize(found[-1])
        kept = [(f.reason, f.action) for f in result.kept]
        assert kept == [(codes(reason)[0], action)], reason


def test_the_known_wrong_outputs_are_what_comes_out() -> None:
    normalizer = Normalizer(load_glossary(check=False))
    for text, becomes in rows(ROOT / "docs" / "limits.md", "| Text |"):
        assert normalizer.normalize(codes(text)[0]).text == codes(becomes)[0]


# --- schemas, links --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["entry", "profile"])
def test_the_published_schema_is_the_one_the_loader_reads(name: str) -> None:
    published = ROOT / "docs" / f"{name}.schema.json"
    read = ROOT / "normalizer" / "glossary" / f"{name}.schema.json"
    assert published.read_bytes() == read.read_bytes()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text("utf-8")):
        path = link.partition("#")[0]
        if path and "://" not in path:
            assert (page.parent / path).exists(), link


def test_every_page_is_in_the_navigation() -> None:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        assert page.relative_to(ROOT / "docs").as_posix() in config


def test_the_readme_has_at_most_100_lines() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 100
