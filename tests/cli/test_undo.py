"""``normalizer undo``: every output goes back to its source, or says why not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Command

LOG = "out/normalizer-log.jsonl"
SOURCES = [
    b"The Kinjal over Kiev.\n",
    b"Kiev\r\nKinjal\rno newline at the end: Dmitri\r\nPeskov",
    b"\xef\xbb\xbfKiev with a mark",
    b"\xef\xbb\xbf\xef\xbb\xbfKiev with two",
    b"",
    b"Nothing to rewrite.\n",
    "Kiev\N{LINE SEPARATOR}Kin\N{SOFT HYPHEN}jal 🎯 К\u0456\u0457в\0Kiev\0".encode(),
]


@pytest.mark.parametrize("source", SOURCES)
def test_file_comes_back_byte_for_byte(command: Command, source: bytes) -> None:
    Path("a.txt").write_bytes(source)
    assert command.small("run", "a.txt", "-o", "out").code == 0
    done = command("undo", "out/a.txt", "--log", LOG, "-o", "deep/er/back.txt")
    assert done.code == 0, done.err
    assert Path("deep/er/back.txt").read_bytes() == source
    assert command("undo", "out/a.txt", "--log", LOG).out == source


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp1251", "koi8-r"])
def test_file_comes_back_in_its_encoding(command: Command, encoding: str) -> None:
    source = "Kiev, Киев, Kinjal\r\n".encode(encoding)
    Path("a.txt").write_bytes(source)
    command.small("run", "a.txt", "-o", "out", "--encoding", encoding)
    assert Path("out/a.txt").read_bytes() != source
    assert command("undo", "out/a.txt", "--log", LOG).out == source


def test_folder_comes_back_as_the_same_tree(command: Command) -> None:
    sources = {"a.txt": "Kiev", "sub/b.txt": "Kinjal", "sub/c.jsonl": '{"text": "Kiev"}\n'}
    for name, text in sources.items():
        Path("in", name).parent.mkdir(parents=True, exist_ok=True)
        Path("in", name).write_text(text)
    command.small("run", "in", "-o", "out")
    done = command("undo", "out", "--log", LOG, "-o", "back")
    assert (done.code, done.err) == (0, "3 documents, 3 substitutions undone\n")
    found = {str(p.relative_to("back")): p.read_text() for p in Path("back").rglob("*.*")}
    assert found == sources


def test_in_place_twice_then_undo_is_the_original(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    for _ in range(2):
        assert command.small("run", "a.txt", "--in-place").code == 0
    assert command("undo", "a.txt", "--log", "normalizer-log.jsonl", "--in-place").code == 0
    assert Path("a.txt").read_text() == "Kiev"


def test_each_undo_goes_back_one_generation(command: Command) -> None:
    Path("ours.yaml").write_text("- {id: x, kind: place, canonical: Kyyiv, variants: [Kyiv]}")
    Path("a.txt").write_text("Kiev")
    command.small("run", "a.txt", "--in-place")
    command("run", "a.txt", "--in-place", "--glossary", "ours.yaml")
    assert Path("a.txt").read_text() == "Kyyiv"
    for generation in ("Kyiv", "Kiev"):
        command("undo", "a.txt", "--log", "normalizer-log.jsonl", "--in-place")
        assert Path("a.txt").read_text() == generation


def test_different_sources_of_one_output_are_told_apart_by_path(command: Command) -> None:
    sources = {"x/a.txt": "Kinjal", "y/a.txt": "Kindzhal"}
    for name, text in sources.items():
        Path("in", name).parent.mkdir(parents=True)
        Path("in", name).write_text(text)
    command.small("run", "in", "-o", "out")
    for name, text in sources.items():
        assert command("undo", f"out/{name}", "--log", LOG).text == text
    Path("moved.txt").write_text("Kinzhal")
    done = command("undo", "moved.txt", "--log", LOG)
    assert done.code == 3
    assert "came out of several documents (y/a.txt, x/a.txt); name one with --id" in done.err
    assert command("undo", "moved.txt", "--log", LOG, "--id", "x/a.txt").text == "Kinjal"


def test_different_sources_of_one_line_are_told_apart_by_line_or_id(command: Command) -> None:
    lines = (
        '{"text": "Kinjal"}\n{"text": "Kindzhal"}\n'
        '{"text": "Kindzhal", "id": 1}\n{"text": "Kinjal", "id": 2}\n'
    )
    Path("a.jsonl").write_text(lines)
    command.small("run", "a.jsonl", "-o", "out")
    assert command("undo", "out/a.jsonl", "--log", LOG).text == lines
    done = command(
        "undo", "-", "--format", "jsonl", "--log", LOG, stdin=Path("out/a.jsonl").read_bytes()
    )
    assert done.text == lines


def test_fields_come_back_as_equal_strings_and_the_rest_byte_for_byte(command: Command) -> None:
    lines = (
        '{"text":  "caf\\u00e9 Kiev \\/ Kinjal", "t": "Kiev", "a": {"b": "Dmitri\\nPeskov"}}\r\n'
        "\n"
        '{"a": {"b": "Oslo"}, "text": "Kiev", "text": "Kinjal"}'
    )
    Path("a.jsonl").write_bytes(lines.encode())
    command.small("run", "a.jsonl", "-o", "out", "--text-field", "text", "--text-field", "a.b")
    rewritten = Path("out/a.jsonl").read_bytes().decode()
    assert json.loads(rewritten.split("\r\n")[0])["text"] == "café Kyiv / Kinzhal"
    assert rewritten.endswith('"text": "Kiev", "text": "Kinzhal"}')
    assert command("undo", "out/a.jsonl", "--log", LOG).out.decode() == lines


def test_changed_file_is_refused(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    command.small("run", "a.txt", "-o", "out")
    Path("out/a.txt").write_text("Kyiv!")
    done = command("undo", "out/a.txt", "--log", LOG, "-o", "back.txt")
    assert done.code == 3
    assert done.err.splitlines() == [
        f"normalizer: out/a.txt: {LOG} has no record of a file with these bytes; "
        "it was changed since, or another log has it",
        "0 documents, 0 substitutions undone; 1 output failed",
    ]
    assert not Path("back.txt").exists()


def test_changed_line_is_refused(command: Command) -> None:
    Path("a.jsonl").write_text('{"text": "Kiev"}\n{"text": "Kinjal"}\n')
    command.small("run", "a.jsonl", "-o", "out")
    Path("out/a.jsonl").write_text('{"text": "Kyiv"}\n{"text": "Kinzhal!"}\n')
    done = command("undo", "out/a.jsonl", "--log", LOG, "-o", "back.jsonl")
    assert done.code == 3
    assert f"normalizer: out/a.jsonl:2: {LOG} has no record of these texts" in done.err
    assert not Path("back.jsonl").exists()


def test_broken_lines_of_a_log_are_passed_over(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    command.small("run", "a.txt", "-o", "out")
    log = Path(LOG)
    log.write_bytes(b'{"cut short\n[1]\n{"log": 99}\n' + log.read_bytes() + b'{"log": 1, "id')
    done = command("undo", "out/a.txt", "--log", LOG)
    assert (done.code, done.text) == (0, "Kiev")
    assert "4 lines of the log passed over, not records" in done.err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"encoding": "utf-9"}, "is broken: unknown encoding"),
        ({"substitutions": [{"out_start": 0}]}, "has a broken substitution"),
        ({"substitutions": {"a": 1}}, "has no list of substitutions"),
    ],
)
def test_forged_record_is_refused(
    command: Command, change: dict[str, object], message: str
) -> None:
    Path("a.txt").write_text("Kiev")
    command.small("run", "a.txt", "-o", "out")
    record = json.loads(Path(LOG).read_text()) | change
    Path(LOG).write_text(json.dumps(record))
    done = command("undo", "out/a.txt", "--log", LOG)
    assert done.code == 3
    assert message in done.err


def test_missing_log_is_told(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    done = command("undo", "a.txt", "--log", "nope.jsonl")
    assert done.code == 3
    assert done.err == (
        "normalizer: nope.jsonl: the log cannot be read: no such file or directory; check --log\n"
    )


def test_log_is_required(command: Command) -> None:
    done = command("undo", "a.txt")
    assert done.code == 2
    assert done.err.startswith("normalizer: --log is missing; ")


def test_output_is_not_overwritten_unless_in_place(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    command.small("run", "a.txt", "-o", "out")
    done = command("undo", "out/a.txt", "--log", LOG, "-o", "out/a.txt")
    assert done.code == 2
    assert Path("out/a.txt").read_text() == "Kyiv"
    assert sorted(os.listdir("out")) == ["a.txt", "normalizer-log.jsonl"]
