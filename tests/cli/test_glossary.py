"""``normalizer glossary lint|format|show``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import GLOSSARY, Command

MESSY = """\
# The head of the file.

# --- weapons ---
-   canonical: Kinzhal   # the spelling
    kind: 'weapon'
    id: kinzhal
    # found in French texts
    variants:
      - Kinjal
      - "Kindjal"
    examples: [{text: the Kinjal, expect: the Kinzhal}]

-   {id: tu-160, kind: weapon, canonical: Tu-160, why: "a: colon, \\u0422u-160 and a text long \
enough that it has to be wrapped over two lines of the file"}
# the end
"""

NEAT = """\
# The head of the file.

# --- weapons ---
- id: kinzhal
  kind: "weapon"
  canonical: Kinzhal  # the spelling
  # found in French texts
  variants: [Kinjal, "Kindjal"]
  examples:
    - text: the Kinjal
      expect: the Kinzhal

- id: tu-160
  kind: weapon
  canonical: Tu-160
  why: "a: colon, \\u0422u-160 and a text long enough that it has to be wrapped over two lines of the
    file"

# the end
"""


def test_lint_of_a_good_glossary(command: Command) -> None:
    done = command("glossary", "lint", GLOSSARY)
    assert done == (0, b"", "5 entries, profiles: house; 0 problems\n")


def test_lint_of_the_shipped_glossary(command: Command) -> None:
    done = command("glossary", "lint", "-q")
    assert done == (0, b"", "")


def test_lint_lists_all_problems(command: Command) -> None:
    Path("bad.yaml").write_text(
        "- {id: a, kind: place, canonical: Aa, varients: [x]}\n"
        "- {id: a, kind: town, canonical: Bb}\n"
    )
    done = command("glossary", "lint", "bad.yaml")
    assert done.code == 1
    assert [line.split(": ")[0] for line in done.text.splitlines()] == [
        "bad.yaml:1:39", "bad.yaml:2:8", "bad.yaml:2:17",
    ]  # fmt: skip
    assert 'did you mean "variants"?' in done.text
    assert done.err == "3 problems\n"


def test_lint_checks_what_entries_do_together(command: Command) -> None:
    Path("bad.yaml").write_text(
        "- {id: a, kind: place, canonical: Aa, variants: [Xx]}\n"
        "- {id: b, kind: place, canonical: Bb, variants: [Xx]}\n"
    )
    done = command("glossary", "lint", "bad.yaml")
    assert done.code == 1
    assert 'bad.yaml:1:50: variant "Xx"' in done.text


def test_lint_of_a_missing_path_is_wrong_usage(command: Command) -> None:
    done = command("glossary", "lint", "nope")
    assert (done.code, done.out) == (2, b"")


def test_format_is_canonical_and_keeps_comments(command: Command) -> None:
    Path("a.yaml").write_text(MESSY)
    done = command("glossary", "format", "--check", "a.yaml")
    assert done == (1, b"a.yaml\n", "1 of 1 file would change\n")
    assert Path("a.yaml").read_text() == MESSY
    done = command("glossary", "format", "a.yaml")
    assert done == (0, b"a.yaml\n", "1 of 1 file changed\n")
    assert Path("a.yaml").read_text() == NEAT
    assert yaml.safe_load(NEAT) == yaml.safe_load(MESSY)
    done = command("glossary", "format", "--check", "a.yaml")
    assert done == (0, b"", "0 of 1 file would change\n")


def test_format_leaves_what_it_cannot_read(command: Command) -> None:
    text = "- {id: a, id: b}\n"
    Path("a.yaml").write_text(text)
    Path("b.yaml").write_text("- {kind: place, id: b}\n")
    done = command("glossary", "format", ".")
    assert done.code == 3
    assert 'a.yaml:1:11: duplicate key "id"' in done.err
    assert Path("a.yaml").read_text() == text
    assert Path("b.yaml").read_text() == "- id: b\n  kind: place\n"


def test_show_prints_an_entry_in_full(command: Command) -> None:
    done = command.small("glossary", "show", "tass")
    assert done.text == "- id: tass\n  kind: organization\n  canonical: TASS\n  variants: [Tass]\n"
    assert command.small("glossary", "show", "Кинжал", "--json").text == (
        json.dumps(_entry("kinzhal"), ensure_ascii=False) + "\n"
    )


@pytest.mark.parametrize("wanted", ["kinzhal", "Kinjal", "KINZHAL", "Kh-47M2"])
def test_show_finds_by_id_and_by_spelling(command: Command, wanted: str) -> None:
    done = command.small("glossary", "show", wanted)
    assert yaml.safe_load(done.text) == [_entry("kinzhal")]


def test_show_of_an_unknown_entry(command: Command) -> None:
    done = command.small("glossary", "show", "Kinzal")
    assert done == (
        1,
        b"",
        'normalizer: no entry "Kinzal"; did you mean Kinzhal, Kindzhal or Kinjal?\n',
    )


def _entry(entry_id: str) -> object:
    (file,) = GLOSSARY.glob("*.yaml")
    return next(e for e in yaml.safe_load(file.read_text("utf-8")) if e["id"] == entry_id)
