"""``normalizer verify``: an output against its log, and against its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

LOG = "out/normalizer-log.jsonl"


@pytest.fixture(autouse=True)
def _made(command: Command) -> None:
    Path("a.txt").write_bytes(b"One.\r\nThe Kinjal over Kiev.\r\n")
    Path("a.jsonl").write_text('{"text": "Oslo"}\n{"text": "in Kiev", "id": "b"}\n')
    command.small("run", "a.txt", "a.jsonl", "-o", "out")


def test_untouched_output_is_as_the_log_says(command: Command) -> None:
    for name, count in (("a.txt", "1 document"), ("a.jsonl", "2 documents")):
        done = command("verify", f"out/{name}", "--log", LOG)
        assert done == (0, b"", f"out/{name}: as the log says, {count}\n")
        assert command("verify", f"out/{name}", "--log", LOG, "--source", name, "-q").err == ""


def test_substitution_no_longer_in_place_is_pointed_at(command: Command) -> None:
    Path("out/a.txt").write_bytes(b"One.\r\nThe Kinzhal over Kiew.\r\n")
    done = command("verify", "out/a.txt", "--log", LOG)
    assert (done.code, done.text) == (
        1,
        "out/a.txt:2:18: the substitution 'Kiev' -> 'Kyiv' is no longer in place; "
        "expected 'Kyiv', found 'Kiew'\n",
    )


def test_other_difference_is_pointed_at_with_the_source(command: Command) -> None:
    Path("out/a.txt").write_bytes(b"One.\r\nThe Kinzhal over Kyiv!\r\n")
    done = command("verify", "out/a.txt", "--log", LOG)
    assert (done.code, done.text) == (
        1,
        "out/a.txt:1:1: the text differs outside its substitutions; give the source to see where\n",
    )
    done = command("verify", "out/a.txt", "--log", LOG, "--source", "a.txt")
    assert (done.code, done.text) == (
        1,
        "out/a.txt:2:22: the text is not the normalized source; expected '.⏎', found '!⏎'\n",
    )


def test_moved_output_is_found_by_its_source(command: Command) -> None:
    Path("moved.txt").write_bytes(b"One.\r\nThe Kinzhal over Kyiv?\r\n")
    done = command("verify", "moved.txt", "--log", LOG)
    assert done.code == 3
    assert f"{LOG} has no record of it; name one with --id" in done.err
    assert command("verify", "moved.txt", "--log", LOG, "--source", "a.txt").code == 1
    assert command("verify", "moved.txt", "--log", LOG, "--id", "a.txt").code == 1


def test_records_are_compared_line_by_line(command: Command) -> None:
    Path("out/a.jsonl").write_text('{"text": "Oslo"}\n{"text": "in Kiew", "id": "b"}\n')
    done = command("verify", "out/a.jsonl", "--log", LOG)
    assert done.code == 1
    assert done.text.startswith("out/a.jsonl:2:4: text: the substitution 'Kiev' -> 'Kyiv' is no")
    Path("out/a.jsonl").write_text('{"text": "Osla"}\n{"text": "in Kyiv", "id": "b"}\n')
    done = command("verify", "out/a.jsonl", "--log", LOG, "--source", "a.jsonl")
    assert done.text.startswith("out/a.jsonl:1:4: text: the text is not the normalized source")
    Path("out/a.jsonl").write_text('{"text": "Oslo"}\n{"text": \n')
    done = command("verify", "out/a.jsonl", "--log", LOG)
    assert (done.code, done.text.startswith("out/a.jsonl:2:1: not JSON")) == (1, True)


def test_wrong_source_is_told(command: Command) -> None:
    Path("other.txt").write_text("Something else.")
    Path("out/a.txt").write_text("One.")
    done = command("verify", "out/a.txt", "--log", LOG, "--source", "other.txt")
    assert done.code == 3
    assert "the source is not that of a.txt: expected 'Kinjal' at offset 10" in done.err


@pytest.mark.parametrize(
    ("arguments", "code"), [(["out"], 2), (["nope.txt"], 3), (["-", "--source", "-"], 2)]
)
def test_what_cannot_be_compared(command: Command, arguments: list[str], code: int) -> None:
    done = command("verify", *arguments, "--log", LOG)
    assert done.code == code
    assert done.err.startswith("normalizer: ")
