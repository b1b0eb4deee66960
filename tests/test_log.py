"""Records: undo, verify, the line of the log, and the published schema."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer import LogError, Normalizer, load_glossary, undo, verify
from normalizer.log import from_line, to_line
from normalizer.normalizing.result import make_record

ROOT = Path(__file__).resolve().parent.parent
NORMALIZER = Normalizer(load_glossary(check=False))
TEXT = "\ufeffKinjal missiles\r\nover Kiev, said Dmitri\r\nPeskov. Tass 🎯 Кiev"
SPELLINGS = ["Kiev", "Kinjal missile", "Dmitri Peskov", "Tass", " ", "\r\n", "“", "é", "\ud800"]
texts = st.lists(st.sampled_from(SPELLINGS) | st.text(max_size=5)).map("".join)


def test_undo_gives_the_source() -> None:
    result = NORMALIZER.normalize(TEXT)
    assert result.text != TEXT
    assert undo(result.text, result.record("a.txt")) == TEXT


@given(texts)
def test_undo_from_the_line_of_the_log(text: str) -> None:
    result = NORMALIZER.normalize(text)
    record = from_line(to_line(result.record("a.txt")))
    assert record == result.record("a.txt")
    assert undo(result.text, record) == text
    assert verify(result.text, record) is None
    assert verify(result.text, record, source=text) is None


@given(texts, st.data())
def test_verify_finds_any_change(text: str, data: st.DataObject) -> None:
    result = NORMALIZER.normalize(text)
    record = result.record("a.txt")
    place = data.draw(st.integers(0, len(result.text)))
    changed = result.text[:place] + data.draw(st.text(max_size=2)) + result.text[place + 1 :]
    difference = verify(changed, record)
    assert (difference is None) == (changed == result.text)
    difference = verify(changed, record, source=text)
    assert (difference is None) == (changed == result.text)
    if difference is not None:
        assert changed[: difference.offset] == result.text[: difference.offset]
        assert changed[difference.offset :][:1] != result.text[difference.offset :][:1]
        with pytest.raises(LogError):
            undo(changed, record)


def test_fields_are_undone_by_name() -> None:
    results = [("title", NORMALIZER.normalize("Kiev")), ("body", NORMALIZER.normalize("Tass"))]
    record = make_record("1", [*results], NORMALIZER.settings)
    assert [undo(r.text, record, field=name) for name, r in results] == ["Kiev", "Tass"]
    with pytest.raises(LogError, match="expected 'Kyiv' at offset 0"):
        undo("Oslo", record, field="title")


def test_digest_of_a_file_is_that_of_its_bytes() -> None:
    source, output = (
        "\ufeffKiev, é".encode(encoding="utf-16-le"),
        "\ufeffKyiv, é".encode("utf-16-le"),
    )
    record = NORMALIZER.normalize("Kiev, é").record("a.txt") | {
        "encoding": "utf-16-le",
        "bom": True,
        "texts": [
            {
                "field": None,
                "source_sha256": hashlib.sha256(source).hexdigest(),
                "output_sha256": hashlib.sha256(output).hexdigest(),
            }
        ],
    }
    assert undo("Kyiv, é", record) == "Kiev, é"
    assert verify("Kyiv, é", record) is None
    assert verify("Kyiv, e", record) is not None
    with pytest.raises(LogError, match="changed outside the substitutions"):
        undo("Kyiv, e", record)


GOOD = NORMALIZER.normalize("Kiev").record("a.txt")
SUBSTITUTION: dict[str, Any] = GOOD["substitutions"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    "change",
    [
        {"log": 2},
        {"log": None},
        {"substitutions": None},
        {"substitutions": [1]},
        {"substitutions": [{}]},
        {"substitutions": [SUBSTITUTION | {"out_start": "0"}]},
        {"substitutions": [SUBSTITUTION | {"out_start": True}]},
        {"substitutions": [SUBSTITUTION | {"found": None}]},
        {"substitutions": [SUBSTITUTION | {"out_start": 4, "out_end": 0}]},
        {"substitutions": [SUBSTITUTION | {"out_start": -4}]},
        {"substitutions": [SUBSTITUTION, SUBSTITUTION]},
    ],
)
def test_broken_record_is_a_log_error(change: dict[str, Any]) -> None:
    with pytest.raises(LogError):
        undo("Kyiv", GOOD | change)
    with pytest.raises(LogError):
        verify("Kyiv!", GOOD | change)


def test_texts_of_a_broken_record_are_no_digests() -> None:
    for texts_ in (None, 1, [1], [{"field": None}], [{"field": [], "source_sha256": 1}]):
        assert undo("Kyiv", GOOD | {"texts": texts_}) == "Kiev"


def test_wrong_source_is_a_log_error() -> None:
    with pytest.raises(LogError, match=r"the source is not that of a\.txt"):
        verify("Kyiv!", GOOD, source="Oslo")


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"1", b'{"log": 2}', b"\xff", b"[" * 100_000])
def test_line_that_is_no_record_is_a_log_error(line: bytes) -> None:
    with pytest.raises(LogError):
        from_line(line)


def test_line_is_one_line_of_utf8() -> None:
    line = to_line(GOOD | {"id": "a\nb\u2028é\udcff"})
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    assert b'"a\\nb\xe2\x80\xa8\xc3\xa9\\udcff"' in line
    assert json.loads(line)["id"] == "a\nb\u2028é\udcff"


# --- the schema ----------------------------------------------------------------------------------

SCHEMA = json.loads((ROOT / "docs" / "log.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@given(texts)
def test_records_fit_the_schema(text: str) -> None:
    VALIDATOR.validate(json.loads(to_line(NORMALIZER.normalize(text).record("a.txt"))))


@pytest.mark.parametrize(
    "change",
    [
        {"log": 2},
        {"id": 7},
        {"glossary": "md5:0"},
        {"texts": []},
        {"kept": [SUBSTITUTION]},
        {"substitutions": [SUBSTITUTION | {"rule": "guessed"}]},
        {"substitutions": [SUBSTITUTION | {"forms": ["colour"]}]},
        {"substitutions": [SUBSTITUTION | {"reason": "short"}]},
        {"settings": {"quotes": "maybe", "hashtags": "keep"}},
    ],
)
def test_schema_refuses_what_is_no_record(change: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(json.loads(to_line(GOOD)))
    assert not VALIDATOR.is_valid(json.loads(to_line(GOOD | change)))


def test_every_key_of_the_schema_is_documented() -> None:
    page = (ROOT / "docs" / "log-format.md").read_text("utf-8")
    item = SCHEMA["$defs"]["finding"]["properties"]
    for key in [*SCHEMA["properties"], *item, *SCHEMA["$defs"]["kept"]["properties"]]:
        assert f"`{key}`" in page, key
    from normalizer.normalizing.deciding import REASONS

    kept = SCHEMA["$defs"]["kept"]["properties"]["reason"]["enum"]
    assert set(kept) == set(REASONS)
    assert all(f"`{reason}`" in page for reason in REASONS)
