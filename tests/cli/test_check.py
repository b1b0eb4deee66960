"""``normalizer check``: findings with their places, and the exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Command

TEXT = "In Kiev\r\nTASS saw 🎯 KINJAL,\rdmitrij peskow and Kief.\nKaliber, Kinjal Dave"


def test_findings_are_lines_with_places(command: Command) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    done = command.small("check", "a.txt")
    assert done.code == 1
    assert done.text.splitlines() == [
        "a.txt:1:4: Kiev -> Kyiv (kyiv, listed)",
        "a.txt:2:12: KINJAL -> KINZHAL (kinzhal, listed, case)",
        "a.txt:3:1: dmitrij peskow -> Dmitry Peskov (dmitry-peskov, listed, case) "
        "[suggest: lower-case]",
        "a.txt:3:20: Kief -> Kyiv (kyiv, listed) [suggest: listed-suggest]",
        "a.txt:4:1: Kaliber -> Kalibr (kalibr, listed) [suggest: needs]",
    ]
    assert done.err == "1 document, 2 rewrites due, 3 suggestions\n"
    assert Path("a.txt").read_bytes() == TEXT.encode()
    assert os.listdir() == ["a.txt"]


def test_kept_findings_are_shown_when_asked_for(command: Command) -> None:
    done = command.small("check", "-", "--kept", "-q", stdin="Kinjal Dave")
    assert done == (0, b"-:1:1: Kinjal -> Kinzhal (kinzhal, listed) [keep: unless]\n", "")


def test_nothing_found(command: Command) -> None:
    done = command.small("check", "-", stdin="Kyiv, TASS")
    assert done == (0, b"", "1 document, 0 rewrites due, 0 suggestions\n")


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        ("Kiev", "rewrite", 1),
        ("Kief", "rewrite", 0),
        ("Kief", "suggest", 1),
        ("Kiev", "suggest", 1),
        ("Oslo", "suggest", 0),
        ("Kiev", "never", 0),
    ],
)
def test_exit_code(command: Command, text: str, fail_on: str, code: int) -> None:
    assert command.small("check", "-", "--fail-on", fail_on, stdin=text).code == code


def test_failed_input_weighs_more_than_findings(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    Path("b.jsonl").write_text('{"text": "Kiev"}\n{broken\n{"text": "Kiev"}\n')
    done = command.small("check", "a.txt", "b.jsonl", "nope.txt")
    assert done.code == 3
    assert done.text.count("Kiev -> Kyiv") == 3
    assert "normalizer: b.jsonl:2: not JSON" in done.err
    assert "3 documents, 3 rewrites due, 0 suggestions; 2 problems with the input" in done.err


def test_records_are_found_by_line_field_and_column(command: Command) -> None:
    lines = '{"text": "a\\nKiev", "title": "x"}\n{"text": "", "title": "in Kiev"}\n'
    done = command.small(
        "check", "-", "--format", "jsonl", "--text-field=text", "--text-field=title", stdin=lines
    )
    assert done.text.splitlines() == [
        "-:1:3: text: Kiev -> Kyiv (kyiv, listed)",
        "-:2:4: title: Kiev -> Kyiv (kyiv, listed)",
    ]


def test_report_as_json(command: Command) -> None:
    done = command.small("check", "-", "--output", "json", stdin="x\nKiev and then Kief")
    first, second = map(json.loads, done.text.splitlines())
    assert first == {
        "path": "-", "line": 2, "column": 1, "end_line": 2, "end_column": 5, "id": "-",
        "field": None, "start": 2, "end": 6, "found": "Kiev", "replacement": "Kyiv",
        "entry": "kyiv", "also": [], "rule": "listed", "scheme": None, "forms": [],
        "variant": "Kiev", "action": "rewrite", "reason": None,
    }  # fmt: skip
    assert (second["action"], second["reason"]) == ("suggest", "listed-suggest")


def test_spelling_over_two_lines_stays_on_one_line_of_the_report(command: Command) -> None:
    done = command.small("check", "-", "-q", stdin="said Dmitri\r\nPeskov")
    assert done.text == ("-:1:6: Dmitri⏎Peskov -> Dmitry⏎Peskov (dmitry-peskov, listed)\n")


def test_colours_are_for_terminals(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"\x1b[" not in command.small("check", "-", stdin="Kiev").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert b"\x1b[31mKiev\x1b[0m" in command.small("check", "-", stdin="Kiev").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert b"\x1b[" not in command.small("check", "-", stdin="Kiev").out


def test_terminal_without_unicode_shows_escapes(command: Command) -> None:
    done = command.child(
        "check", "-", "-q", stdin="Kim Jong\u2011un", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert (done.code, done.err) == (1, "")
    assert done.text.startswith("-:1:1: Kim Jong\\u2011un -> Kim Jong Un")
