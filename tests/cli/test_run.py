"""``normalizer run``: what is written where, what is logged, and what is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import GLOSSARY, Command, child_environment, records


def test_one_file_goes_to_a_folder_with_its_log(command: Command) -> None:
    Path("draft.txt").write_text("The Kinjal over Kiev.\n")
    done = command.small("run", "draft.txt", "-o", "out")
    assert (done.code, done.out) == (0, b"")
    assert done.err == (
        "1 document, 2 substitutions, 0 suggestions; log: out/normalizer-log.jsonl\n"
    )
    assert Path("out/draft.txt").read_text() == "The Kinzhal over Kyiv.\n"
    assert Path("draft.txt").read_text() == "The Kinjal over Kiev.\n"
    (record,) = records("out/normalizer-log.jsonl")
    assert record["id"] == "draft.txt"
    assert [s["found"] for s in record["substitutions"]] == ["Kinjal", "Kiev"]


@pytest.mark.parametrize(
    ("output", "text", "log"),
    [
        ("new.txt", "new.txt", "normalizer-log.jsonl"),
        ("deep/new.txt", "deep/new.txt", "deep/normalizer-log.jsonl"),
        ("folder/", "folder/draft.txt", "folder/normalizer-log.jsonl"),
        ("there", "there/draft.txt", "there/normalizer-log.jsonl"),
        ("there.d", "there.d/draft.txt", "there.d/normalizer-log.jsonl"),
        ("file", "file", "normalizer-log.jsonl"),
    ],
)
def test_output_of_one_file_is_a_file_or_a_folder(
    command: Command, output: str, text: str, log: str
) -> None:
    Path("draft.txt").write_text("Kiev")
    Path("there.d").mkdir()
    Path("file").write_text("an old output without ending")
    assert command.small("run", "draft.txt", "-o", output).code == 0
    assert Path(text).read_text() == "Kyiv"
    assert Path(log).is_file()


def test_single_file_goes_to_standard_output_and_says_what_went_unlogged(command: Command) -> None:
    Path("draft.txt").write_bytes(b"Kiev\r\nKinjal")
    done = command.small("run", "draft.txt")
    assert done.out == b"Kyiv\r\nKinzhal"
    assert "2 substitutions went unlogged, --log FILE logs them" in done.err
    assert not Path("normalizer-log.jsonl").exists()


def test_log_option_logs_what_goes_to_standard_output(command: Command) -> None:
    done = command.small("run", "-", "--log", "logs/a.jsonl", stdin="Kiev")
    assert done.out == b"Kyiv"
    assert "unlogged" not in done.err
    assert records("logs/a.jsonl")[0]["id"] == "-"


def test_folder_comes_out_as_the_same_tree(command: Command) -> None:
    for name in ("a.txt", "sub/b.TEXT", "sub/deep/c.ndjson"):
        path = Path("in", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"text": "Kiev"}' if name.endswith("json") else "Kiev")
    for name in ("page.html", ".hidden.txt", ".git/x.txt", "normalizer-log.jsonl"):
        path = Path("in", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Kiev")
    done = command.small("run", "in", "-o", "out")
    assert done.code == 0
    assert "1 file of another kind left out" in done.err
    outputs = sorted(str(p.relative_to("out")) for p in Path("out").rglob("*") if p.is_file())
    assert outputs == ["a.txt", "normalizer-log.jsonl", "sub/b.TEXT", "sub/deep/c.ndjson"]
    assert [record["id"] for record in records("out/normalizer-log.jsonl")] == [
        "a.txt",
        "sub/b.TEXT",
        "sub/deep/c.ndjson:1",
    ]


def test_names_are_relative_to_what_the_inputs_have_in_common(command: Command) -> None:
    for name in ("x/a.txt", "y/a.txt"):
        Path(name).parent.mkdir()
        Path(name).write_text(f"Kiev {name}")
    assert command.small("run", "y/a.txt", "x", "-o", "out").code == 0
    assert Path("out/x/a.txt").read_text() == "Kyiv x/a.txt"
    assert Path("out/y/a.txt").read_text() == "Kyiv y/a.txt"


def test_output_inside_the_input_is_not_read_again(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    for _ in range(2):
        assert command.small("run", ".", "-o", "out").code == 0
    assert sorted(p.name for p in Path("out").iterdir()) == ["a.txt", "normalizer-log.jsonl"]


def test_same_file_named_twice_is_read_once(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    assert "1 document" in command.small("run", "a.txt", "./a.txt", "-o", "out/").err


def test_in_place_replaces_and_logs_here(command: Command) -> None:
    Path("sub").mkdir()
    Path("sub/a.txt").write_text("Kiev")
    Path("sub/b.txt").write_text("Nothing.")
    before = os.stat("sub/b.txt")
    done = command.small("run", "sub", "--in-place")
    assert done.code == 0
    assert Path("sub/a.txt").read_text() == "Kyiv"
    assert os.stat("sub/b.txt").st_mtime_ns == before.st_mtime_ns
    assert os.stat("sub/b.txt").st_ino == before.st_ino
    assert [r["id"] for r in records("normalizer-log.jsonl")] == ["a.txt", "b.txt"]


def test_log_is_appended_to(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    for _ in range(2):
        command.small("run", "a.txt", "-o", "out")
    lines = Path("out/normalizer-log.jsonl").read_bytes().splitlines()
    assert len(lines) == 2
    assert lines[0] == lines[1]


def test_every_document_has_a_line_of_the_log(command: Command) -> None:
    Path("a.jsonl").write_text('{"text": "Kiev"}\n\n{"text": "Oslo", "id": "second"}\n')
    command.small("run", "a.jsonl", "-o", "out")
    assert [(r["id"], len(r["substitutions"])) for r in records("out/normalizer-log.jsonl")] == [
        ("a.jsonl:1", 1),
        ("second", 0),
    ]


def test_settings_reach_the_normalizer(command: Command) -> None:
    text = '#Kinjal and "Kiev" and Tass'
    Path("a.txt").write_text(text)
    done = command.small(
        "run", "a.txt", "--quotes", "keep", "--hashtags=rewrite", "--disable", "tass"
    )
    assert done.text == '#Kinzhal and "Kiev" and Tass'


def test_glossaries_merge(command: Command) -> None:
    Path("ours.yaml").write_text(
        "- {id: oslo, kind: place, canonical: Oslo, variants: [Kristiania]}"
    )
    done = command.small("run", "-", "--glossary", "ours.yaml", stdin="Kristiania, Kiev")
    assert done.text == "Oslo, Kyiv"


def test_shipped_glossary_is_the_default(command: Command) -> None:
    assert command("run", "-", stdin="Kim Jong-un").text == "Kim Jong Un"
    assert command("run", "-", "--glossary", "shipped", stdin="Kim Jong-un").text == "Kim Jong Un"


def test_quiet_says_nothing(command: Command) -> None:
    assert command.small("run", "-", "-q", stdin="Kiev") == (0, b"Kyiv", "")


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "-o", "a.txt"], "a.txt: is also an input"),
        (["a.txt", "b.txt", "-o", "."], "is also an input"),
        (["a.txt", "-o", "link.txt"], "link.txt: is also an input"),
        (["a.txt", "b.txt"], "several outputs need a place; give -o FOLDER or --in-place"),
        (["."], "several outputs need a place"),
        (["a.txt", "-o", "x", "--in-place"], "exclude each other"),
        (["-", "--in-place"], "standard input has no place"),
        (["-", "-o", "folder/"], "standard input has no name; name a file"),
        (["-", "a.txt", "-o", "x"], "- stands for standard input and must be the only input"),
        (["a.txt", "-o", "out.txt", "--log", "out.txt"], "out.txt: is also an output"),
        (["a.txt", "-o", "out", "--log", "a.txt"], "a.txt: is also an input"),
        (["a.txt", "--log", "-"], "--log needs the path of a file"),
        (["a.txt", "b.txt", "-o", "b.jsonl"], "b.jsonl: is a file; several outputs need a folder"),
        (["a.txt", "--encoding", "utf-9"], 'unknown encoding "utf-9"'),
        (["a.txt", "--encoding", "rot13"], '"rot13" is no encoding of text'),
        (["a.txt", "--text-field", ""], "--text-field is empty"),
        (["", "-o", "x"], "an input is empty"),
        (["a.txt", "-o", ""], "-o is empty"),
        (["a.txt", "--profile", "nope"], 'no profile "nope"'),
        (["a.txt", "--disable", "nope"], "no entry with the id nope"),
        (["a.txt", "--glossary", "nope"], "nope: no such glossary"),
    ],
)
def test_wrong_usage_is_one_line_and_changes_nothing(
    command: Command, arguments: list[str], message: str
) -> None:
    for name in ("a.txt", "b.txt", "b.jsonl"):
        Path(name).write_text("Kiev")
    Path("link.txt").symlink_to("a.txt")
    arguments = (
        arguments if "--glossary" in arguments else [*arguments, "--glossary", str(GLOSSARY)]
    )
    done = command("run", *arguments)
    assert done.code == 2
    assert done.err.startswith("normalizer: ")
    assert done.err.count("\n") == 1
    assert message in done.err
    assert sorted(os.listdir()) == ["a.txt", "b.jsonl", "b.txt", "link.txt"]
    assert {Path(name).read_text() for name in os.listdir()} == {"Kiev"}


def test_file_that_is_no_log_is_not_appended_to(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    Path("notes.txt").write_text("my notes")
    done = command.small("run", "a.txt", "-o", "out", "--log", "notes.txt")
    assert done.code == 3
    assert "notes.txt: is no log of this program" in done.err
    assert Path("notes.txt").read_text() == "my notes"
    assert not Path("out").exists()


def test_broken_glossary_shows_all_problems_and_exits_with_2(command: Command) -> None:
    Path("bad.yaml").write_text(
        "- {id: a, kind: place, canonical: A, varients: [x]}\n- {id: A b}\n"
    )
    Path("a.txt").write_text("Kiev")
    done = command("run", "a.txt", "-o", "out", "--glossary", "bad.yaml")
    assert done.code == 2
    assert done.err.count("bad.yaml:") >= 3
    assert done.err.splitlines()[-1].startswith("normalizer: the glossary does not load: ")
    assert not Path("out").exists()


# --- the filter ----------------------------------------------------------------------------------


def test_filter_rewrites_the_field_and_nothing_else(command: Command) -> None:
    lines = (
        b'{"id": 7, "text": "Tass in Kiev"}\r\n'
        b"\n"
        b'  {"text":"caf\\u00e9 \\/ Kiev","n":1.50,"text2":"Kiev"}\n'
        b'{"text": "nothing"}'
    )
    done = command.small("run", "--format", "jsonl", "--log", "log.jsonl", "-", stdin=lines)
    assert done.out == (
        b'{"id": 7, "text": "TASS in Kyiv"}\r\n'
        b"\n"
        b'  {"text":"caf\\u00e9 \\/ Kyiv","n":1.50,"text2":"Kiev"}\n'
        b'{"text": "nothing"}'
    )
    assert [r["id"] for r in records("log.jsonl")] == ["7", "-:3", "-:4"]


def test_fields_of_a_record_are_one_document(command: Command) -> None:
    line = json.dumps({"title": "Kaliber", "meta": {"body": "a missile"}, "text": "Kaliber"})
    done = command.small(
        "run", "--format", "jsonl", "--text-field", "title", "--text-field=meta.body",
        "--log", "log.jsonl", "-", stdin=line,
    )  # fmt: skip
    assert json.loads(done.out) == json.loads(line) | {"title": "Kalibr"}
    (record,) = records("log.jsonl")
    assert [text["field"] for text in record["texts"]] == ["title", "meta.body"]
    assert [s["field"] for s in record["substitutions"]] == ["title"]


def test_filter_answers_each_line_before_the_next_is_there() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "normalizer", "run", "--format", "jsonl", "-", "-q"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=child_environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(b'{"id": %d, "text": "Kiev"}\n' % number)
            process.stdin.flush()
            assert process.stdout.readline() == b'{"id": %d, "text": "Kyiv"}\n' % number
        process.stdin.close()
        assert process.wait() == 0


PEAK = """
import sys
from normalizer.cli import main
main(["run", "--format", "jsonl", "-", "-q"])
with open("/proc/self/status") as status:
    print(*(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_filter_holds_one_line_at_a_time() -> None:
    peaks = []
    for count in (100, 40_000):
        done = subprocess.run(
            [sys.executable, "-c", PEAK],
            input=b'{"text": "%s Kiev"}\n' % (b"word " * 50) * count,
            capture_output=True,
            env=child_environment(),
            check=True,
        )
        assert done.stdout.count(b"Kyiv") == count
        peaks.append(int(done.stderr))
    assert peaks[1] < peaks[0] + 4_000  # kilobytes; the input has 11,000


def test_progress_is_shown_on_a_terminal_only(command: Command) -> None:
    pty = pytest.importorskip("pty")
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("Kiev")
    assert "100%" not in command.small("run", "a.txt", "b.txt", "-o", "out").err
    parent, child = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "normalizer", "run", "a.txt", "b.txt", "-o", "out"],
        stderr=child,
        env=child_environment(TERM="xterm"),
        check=False,
    )
    os.close(child)
    shown = os.read(parent, 100_000)
    os.close(parent)
    assert done.returncode == 0
    assert b"100%" in shown
    assert b"2 documents" in shown
