"""Adding a variant: to every way in which an entry may be written, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizer.curating.adding import add_variant
from normalizer.errors import GlossaryError, UsageError
from normalizer.glossary.loading import load

FLOW = """\
# The head.
- id: kinzhal
  kind: weapon
  canonical: Kinzhal  # the spelling
  variants: [Kinjal, "Kindjal"]  # French
  # why
  why: English writes zh.

- id: kyiv
  kind: place
  canonical: Kyiv
# the end
"""


def added(text: str, entry: str, spelling: str, **how: str) -> tuple[str, int]:
    Path("a.yaml").write_bytes(text.encode())
    made = add_variant(load("a.yaml"), entry, spelling, **how)
    assert made.path == "a.yaml"
    assert Path("a.yaml").read_bytes() == text.encode()
    return made.data.decode(), made.line


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_into_a_list_in_brackets() -> None:
    text, line = added(FLOW, "kinzhal", "Kinzshal")
    assert line == 5
    assert text == FLOW.replace('"Kindjal"]', '"Kindjal", Kinzshal]')


def test_with_note_and_action() -> None:
    text, _ = added(FLOW, "kinzhal", "Kinz\u2019shal", action="suggest", note="seen: once")
    written = '{text: Kinz\u2019shal, action: suggest, note: "seen: once"}'
    assert text.count(written) == 1


def test_into_an_entry_without_variants() -> None:
    text, line = added(FLOW, "kyiv", "Kiev")
    assert text == FLOW.replace("canonical: Kyiv\n", "canonical: Kyiv\n  variants: [Kiev]\n")
    assert line == 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- id: a\n  kind: place\n  canonical: Aa\n  variants:\n  - Ab  # one\n  - text: Ac\n"
            "    note: n\n  why: w\n",
            "- id: a\n  kind: place\n  canonical: Aa\n  variants:\n  - Ab  # one\n  - text: Ac\n"
            "    note: n\n  - Xaxo\n  why: w\n",
        ),
        ("- {id: a, kind: place, canonical: Aa}\n", None),
        ("-   {id: a, canonical: Aa, kind: place}  # c\n",
         "-   {id: a, canonical: Aa, variants: [Xaxo], kind: place}  # c\n"),
        ("- kind: place\n  variants: [ ]\n  id: a\n  canonical: Aa",
         "- kind: place\n  variants: [Xaxo ]\n  id: a\n  canonical: Aa"),
        ("- id: a\r\n  why: >\r\n    long\r\n    text\r\n  kind: place\r\n  canonical: Aa\r\n",
         "- id: a\r\n  why: >\r\n    long\r\n    text\r\n  kind: place\r\n  canonical: Aa\r\n"
         "  variants: [Xaxo]\r\n"),
        ("- id: a\n  canonical: Aa\n  kind: place",
         "- id: a\n  canonical: Aa\n  variants: [Xaxo]\n  kind: place"),
        ("- id: a\n  kind: place\n  canonical: Aa",
         "- id: a\n  kind: place\n  canonical: Aa\n  variants: [Xaxo]\n"),
    ],
)  # fmt: skip
def test_the_way_a_file_is_written_stays(text: str, expected: str | None) -> None:
    made, _ = added(text, "a", "Xaxo")
    if expected is None:  # it was formatted, and is so again
        expected = "- id: a\n  kind: place\n  canonical: Aa\n  variants: [Xaxo]\n"
        made = made if made == expected else made.replace(", variants: [Xaxo]}", "}")
        assert made in (expected, text)
    else:
        assert made == expected


def test_a_formatted_file_stays_formatted() -> None:
    spelled = ", ".join(f"Kinzhal{letter * 3}" for letter in "bcdfghklmnp")
    text = f"- id: kinzhal\n  kind: weapon\n  canonical: Kinzhal\n  variants: [{spelled[:76]}]\n"
    made, line = added(text, "kinzhal", "Kinzshal and a long tail of it")
    assert line == 5
    assert made.splitlines()[-1] == "             Kinzshal and a long tail of it]"


def test_what_is_refused() -> None:
    Path("a.yaml").write_text(FLOW)
    glossary = load("a.yaml")
    with pytest.raises(UsageError, match="did you mean kinzhal"):
        add_variant(glossary, "kinzal", "Kinzshal")
    with pytest.raises(UsageError, match=r'"Kinjal" is in kinzhal already, at a\.yaml:5'):
        add_variant(glossary, "kinzhal", " Kinjal ")
    with pytest.raises(GlossaryError, match=r"a\.yaml:12:14: .*chain|canonical form of kinzhal"):
        add_variant(glossary, "kyiv", "Kinzhal")
    with pytest.raises(GlossaryError, match="English word"):
        add_variant(glossary, "kyiv", "House")
    with pytest.raises(GlossaryError, match="no letter or digit"):
        add_variant(glossary, "kyiv", "?!")


def test_a_json_glossary_is_not_edited() -> None:
    Path("a.json").write_text('[{"id": "a", "kind": "place", "canonical": "Aa"}]')
    with pytest.raises(UsageError, match="no YAML"):
        add_variant(load("a.json"), "a", "Ab")


def test_problems_that_were_there_before_do_not_matter() -> None:
    text = FLOW + "\n- {id: b, kind: place, canonical: Bb, variants: [Aa]}\n"
    text += "- {id: c, kind: place, canonical: Cc, variants: [Aa]}\n"
    assert "Kinzshal" in added(text, "kinzhal", "Kinzshal")[0]
