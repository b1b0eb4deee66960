"""Bad input: a clear message or the right result, the other files done, never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import GLOSSARY, Command, child_environment, records


def run(command: Command, data: bytes, *options: str, name: str = "bad.txt") -> tuple[int, str]:
    """Run a bad file between two good ones into out/; the good ones must come out."""
    for good in ("a.txt", "z.txt"):
        Path(good).write_text("Kiev")
    Path(name).write_bytes(data)
    done = command.small("run", "a.txt", name, "z.txt", "-o", "out", *options)
    assert [Path("out", good).read_text() for good in ("a.txt", "z.txt")] == ["Kyiv", "Kyiv"]
    logged = [r["id"] for r in records("out/normalizer-log.jsonl")]
    assert logged[0] == "a.txt"
    assert logged[-1] == "z.txt"
    return done.code, done.err


def test_bytes_that_are_not_utf8_are_named_by_offset(command: Command) -> None:
    code, err = run(command, b"Kiev \xe9t\xe9")
    assert code == 3
    assert "normalizer: bad.txt: not UTF-8 at byte 5; name its encoding with --encoding" in err
    assert "2 documents, 2 substitutions, 0 suggestions; 1 input failed" in err
    assert not Path("out/bad.txt").exists()


def test_other_encodings_come_out_in_the_same_encoding(command: Command) -> None:
    Path("a.txt").write_bytes("Kiev, été".encode("cp1252"))
    assert command.small("run", "a.txt", "-o", "out", "--encoding", "cp1252").code == 0
    assert Path("out/a.txt").read_bytes() == "Kyiv, été".encode("cp1252")
    assert records("out/normalizer-log.jsonl")[0]["encoding"] == "cp1252"


def test_utf16_is_recognized_in_the_message(command: Command) -> None:
    code, err = run(command, "Kiev".encode("utf-16"))
    assert code == 3
    assert "it begins like UTF-16, give --encoding utf-16" in err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_byte_order_marks_stay(command: Command, encoding: str) -> None:
    for name, text in (("a.txt", "Kiev\r\n"), ("a.jsonl", '{"text": "Kiev"}\r\n{"text": "é"}')):
        Path(name).write_bytes(text.encode(encoding))
        done = command.small("run", name, "-o", "out", "--encoding", encoding)
        assert done.code == 0, done.err
        expected = text.replace("Kiev", "Kyiv").encode(encoding)
        assert Path("out", name).read_bytes() == expected
        has_bom = not encoding.endswith(("le", "be"))
        assert records("out/normalizer-log.jsonl")[-1]["bom"] is has_bom


def test_result_that_the_encoding_cannot_write_fails(command: Command) -> None:
    Path("ours.yaml").write_text("- {id: a, kind: place, canonical: Ōsaka, variants: [Osaka]}")
    Path("a.txt").write_bytes(b"Osaka")
    done = command("run", "a.txt", "-o", "out", "--encoding", "latin-1", "--glossary", "ours.yaml")
    assert done.code == 3
    assert 'iso8859-1 has no "Ō" (U+014C), which the result needs' in done.err
    assert not Path("out/a.txt").exists()
    Path("a.jsonl").write_bytes(b'{"text": "Osaka \xe9"}')
    done = command(
        "run", "a.jsonl", "-o", "out", "--encoding", "latin-1", "--glossary", "ours.yaml"
    )
    assert Path("out/a.jsonl").read_bytes() == b'{"text": "\\u014csaka \xe9"}'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04\x14\x00", "a zip archive or office document"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"GIF89a\x00\x01", "a GIF image"),
        (b"\x1f\x8b\x08", "gzip-compressed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document of before 2007"),
    ],
)
def test_binary_files_are_refused_in_any_encoding(
    command: Command, data: bytes, message: str
) -> None:
    for options in ((), ("--encoding", "latin-1")):
        code, err = run(command, data, *options, name="bad.bin")
        assert code == 3
        assert f"bad.bin: {message}" in err
        assert "which is not read; save its text as .txt or .jsonl" in err


def test_unknown_ending_named_outright_is_plain_text(command: Command) -> None:
    Path("README").write_text("Kiev")
    assert command.small("run", "README").text == "Kyiv"


def test_text_that_begins_like_an_image_is_text(command: Command) -> None:
    Path("a.txt").write_text("GIF89a is a format. Kiev")
    assert command.small("run", "a.txt").text == "GIF89a is a format. Kyiv"


def test_empty_file_stays_empty_and_is_logged(command: Command) -> None:
    Path("a.txt").touch()
    Path("a.jsonl").touch()
    assert command.small("run", "a.txt", "a.jsonl", "-o", "out").code == 0
    assert Path("out/a.txt").read_bytes() == Path("out/a.jsonl").read_bytes() == b""
    assert [r["id"] for r in records("out/normalizer-log.jsonl")] == ["a.txt"]


def test_nul_characters_are_text(command: Command) -> None:
    done = command.small("run", "-", stdin=b"\x00Kiev\x00 Kinjal\x00\n\x00")
    assert done.out == b"\x00Kyiv\x00 Kinzhal\x00\n\x00"


def test_line_of_five_megabytes(command: Command) -> None:
    text = ("word " * 199 + "Kiev ") * 5_000
    done = command.small("run", "-", "-q", stdin=text)
    assert done.text == text.replace("Kiev", "Kyiv")
    line = f'{{"text": "{text}"}}\n'
    done = command.small("run", "--format", "jsonl", "-", "-q", stdin=line)
    assert done.text == line.replace("Kiev", "Kyiv")


def test_missing_file_is_told_and_the_rest_done(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    done = command.small("run", "a.txt", "nope.txt", "-o", "out")
    assert done.code == 3
    assert "normalizer: nope.txt: no such file or folder; check the path\n" in done.err
    assert Path("out/a.txt").read_text() == "Kyiv"


def test_folder_without_anything_to_read_is_told(command: Command) -> None:
    Path("in").mkdir()
    Path("in/page.html").touch()
    done = command.small("run", "in", "-o", "out")
    assert done.code == 3
    assert "in: no file to read in this folder; .txt .text .jsonl .ndjson are read" in done.err
    assert not Path("out").exists()


def test_dangling_link_is_told(command: Command) -> None:
    Path("in").mkdir()
    Path("in/a.txt").symlink_to("nowhere")
    done = command.small("run", "in", "-o", "out")
    assert done.code == 3
    assert "normalizer: in/a.txt: no such file or folder" in done.err


AS_NOBODY = """
import os, sys
from normalizer.cache import open_normalizer
from normalizer.cli import main, run
open_normalizer(["all.yaml"])  # reads what nobody may read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(["run", "in", "-o", "out", "--glossary", "all.yaml"]))
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs POSIX")
def test_files_and_folders_without_right_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tempfile.mkdtemp()  # the folder of the tests is closed to other users
    os.chmod(folder, 0o777)
    monkeypatch.chdir(folder)
    shutil.copy(GLOSSARY / "all.yaml", ".")
    Path("in/closed").mkdir(parents=True)
    Path("in/a.txt").write_text("Kiev")
    Path("in/b.txt").write_text("Kiev")
    os.chmod("in/b.txt", 0)
    os.chmod("in/closed", 0)

    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        capture_output=True,
        env=child_environment(NORMALIZER_CACHE="off"),
        check=False,
        text=True,
    )
    os.chmod("in/closed", 0o700)
    output = Path("out/a.txt").read_text() if Path("out/a.txt").exists() else ""
    shutil.rmtree(folder)
    assert done.returncode == 3, done.stderr
    assert "normalizer: in/b.txt: permission denied" in done.stderr
    assert "normalizer: in/closed: permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert output == "Kyiv"


@pytest.mark.skipif(os.sep != "/", reason="needs POSIX names")
def test_names_that_are_not_utf8(command: Command) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        Path(name).write_text("Kiev")
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    done = command.small("run", ".", "-o", "out")
    assert done.code == 0
    assert Path("out", name).read_text() == "Kyiv"
    assert records("out/normalizer-log.jsonl")[0]["id"] == name
    done = command.small("check", ".")
    assert b"caf\\udce9.txt:1:1: Kiev" in done.out


# --- JSON Lines ----------------------------------------------------------------------------------

BROKEN = {
    '{"text": "Kiev"': "not JSON: Expecting ',' delimiter at column 16; correct the line",
    '{"body": "Kiev"}': 'no field "text"; it has "body"; name the text with --text-field',
    '{"text": 12.50}': 'field "text" must be a string, found the number 12.50',
    '{"text": null}': 'field "text" must be a string, found null',
    '{"text": ["Kiev"]}': 'field "text" must be a string, found a list',
    '["Kiev"]': "expected an object, found a list; write one object a line",
    '"Kiev"': "expected an object, found a string",
    "12": "expected an object, found the number 12",
    "Kiev": "not JSON: Expecting value at column 1",
    '{"text": "a\tb"}': "not JSON: Invalid control character",
    "[" * 100_000: "nested too deeply",
    '{"text": "Kiev"} {"text": "Kiev"}': "not JSON: Extra data at column 18",
}


@pytest.mark.parametrize("line", BROKEN, ids=[line[:20] for line in BROKEN])
def test_broken_line_stops_before_anything_of_it_is_lost(command: Command, line: str) -> None:
    data = f'{{"text": "Kiev"}}\n{line}\n{{"text": "Kiev"}}\n'.encode()
    code, err = run(command, data, name="bad.jsonl")
    assert code == 3
    assert f"normalizer: bad.jsonl:2: {BROKEN[line]}" in err
    assert not Path("out/bad.jsonl").exists()
    assert len(records("out/normalizer-log.jsonl")) == 2

    done = command.small("run", "--format", "jsonl", "-", stdin=data)
    assert done.code == 3
    assert done.out == b'{"text": "Kyiv"}\n'
    assert f"normalizer: -:2: {BROKEN[line]}" in done.err


@pytest.mark.parametrize(("choice", "kept"), [("keep", True), ("skip", False)])
def test_on_error_goes_on_and_counts(command: Command, choice: str, kept: bool) -> None:
    data = b'{"text": "Kiev"}\r\nKiev {\r\n{"text": "\xff"}\n{"text": "Kiev"}'
    broken = b'Kiev {\r\n{"text": "\xff"}\n' if kept else b""
    expected = b'{"text": "Kyiv"}\r\n' + broken + b'{"text": "Kyiv"}'
    code, err = run(command, data, "--on-error", choice, name="bad.jsonl")
    assert code == 3
    assert Path("out/bad.jsonl").read_bytes() == expected
    assert "bad.jsonl:2: not JSON" in err
    assert "bad.jsonl:3: not UTF-8 at byte 36" in err
    assert f"2 broken lines {'kept as they are' if kept else 'skipped'}" in err
    done = command.small("run", "--format", "jsonl", "--on-error", choice, "-", stdin=data)
    assert (done.code, done.out) == (3, expected)


def test_lone_surrogates_in_escapes_survive(command: Command) -> None:
    line = rb'{"text": "\ud800 Kiev \udc00\ud83d\ude00 Kinjal \uD83D", "id": "\ud801"}'
    expected = line.replace(b"Kiev", b"Kyiv").replace(b"Kinjal", b"Kinzhal")
    done = command.small("run", "--format", "jsonl", "--log", "log.jsonl", "-", stdin=line)
    assert (done.code, done.out) == (0, expected)
    (record,) = records("log.jsonl")
    assert record["id"] == "\ud801"
    assert [s["start"] for s in record["substitutions"]] == [2, 10]
    done = command("undo", "--format", "jsonl", "--log", "log.jsonl", "-", stdin=expected)
    assert (done.code, done.out) == (0, line)


def test_numbers_of_any_length_stay(command: Command) -> None:
    line = b'{"n": %s, "x": NaN, "text": "Kiev"}' % (b"1" * 10_000)
    done = command.small("run", "--format", "jsonl", "-", stdin=line)
    assert done.out == line.replace(b"Kiev", b"Kyiv")
