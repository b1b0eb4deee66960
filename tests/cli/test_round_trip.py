"""Whatever is in a file: ``run``, then ``undo``, gives it back, and ``verify`` agrees."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from normalizer.cli import main
from tests.cli.conftest import GLOSSARY

SPELLINGS = ["Kiev", "Kinjal", "Kinjals", "KAЛIBR", "Dmitri\r\nPeskov", "Peskow", "Tass", "Kief"]
MARKS = [
    " ",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "“",
    "”",
    "'",
    "\u00ad",
    "\ufeff",
    "\u2028",
    "🎯",
    "é",
    "\\",
]
texts = st.lists(st.sampled_from(SPELLINGS + MARKS) | st.text(max_size=3), max_size=12).map("".join)


@contextmanager
def folder() -> Iterator[Path]:
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)


def call(*arguments: str) -> int:
    return main([*arguments, "-q"])


def round_trip(name: str, source: bytes, *options: str) -> tuple[bytes, bytes]:
    """Return output and restored source of a file; run twice in place it restores, too."""
    with folder():
        Path(name).write_bytes(source)
        Path("twice").mkdir()
        Path("twice", name).write_bytes(source)
        small = ("--glossary", str(GLOSSARY))
        assert call("run", name, "-o", "out/", *options, *small) == 0
        log = "out/normalizer-log.jsonl"
        assert call("verify", f"out/{name}", "--log", log, "--source", name) == 0
        assert call("undo", f"out/{name}", "--log", log, "-o", "back/") == 0
        for _ in range(2):
            assert call("run", f"twice/{name}", "--in-place", *options, *small) == 0
        output = Path("out", name).read_bytes()
        assert Path("twice", name).read_bytes() == output
        assert call("undo", f"twice/{name}", "--log", "normalizer-log.jsonl", "--in-place") == 0
        assert Path("twice", name).read_bytes() == Path("back", name).read_bytes()
        return output, Path("back", name).read_bytes()


@given(text=texts, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be"]))
@settings(max_examples=25)  # each writes a dozen files, and waits for the disk
def test_plain_text(text: str, encoding: str) -> None:
    source = text.encode(encoding)
    _, back = round_trip("a.txt", source, "--encoding", encoding)
    assert back == source


@given(
    lines=st.lists(
        st.tuples(texts, texts, st.booleans(), st.sampled_from(["\n", "\r\n", "\n\n"])), max_size=4
    ),
    mark=st.sampled_from(["", "\ufeff"]),
)
@settings(max_examples=25)  # each writes a dozen files, and waits for the disk
def test_json_lines(lines: list[tuple[str, str, bool, str]], mark: str) -> None:
    source = mark + "".join(
        json.dumps({"n": 1, "text": text, "a": {"b": other}}, ensure_ascii=ascii_only) + end
        for text, other, ascii_only, end in lines
    )
    options = ("--text-field", "text", "--text-field", "a.b")
    output, back = round_trip("a.jsonl", source.encode(), *options)
    assert objects(back) == objects(source.encode())
    assert [list(line) for line in objects(output)] == [["n", "text", "a"]] * len(lines)
    assert output.count(b"\n") == source.count("\n")


def objects(data: bytes) -> list[dict[str, object]]:
    text = data.decode("utf-8-sig")
    return [json.loads(line) for line in text.split("\n") if line.strip()]
