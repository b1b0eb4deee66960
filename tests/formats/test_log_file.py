"""The log on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizer.errors import InputError
from normalizer.formats.log_file import LogFile, LogIndex, Spool
from normalizer.log import to_line


def record(number: int, **more: object) -> dict[str, object]:
    texts = [{"field": None, "source_sha256": f"s{number}", "output_sha256": f"o{number % 3}"}]
    return {"log": 1, "id": f"{number}.txt", "texts": texts, "substitutions": [], **more}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*lines: bytes) -> None:
    log = LogFile("deep/log.jsonl")
    for line in lines:
        log.append(line)
    log.sync()
    log.close()


def test_lines_are_appended() -> None:
    write(b"{1}\n", b"{2}\n")
    write(b"{3}\n")
    assert Path("deep/log.jsonl").read_bytes() == b"{1}\n{2}\n{3}\n"


def test_line_cut_short_does_not_harm_the_next() -> None:
    write(b"{1}\n{2")
    write(b"{3}\n", b"{4}\n")
    assert Path("deep/log.jsonl").read_bytes() == b"{1}\n{2\n{3}\n{4}\n"


def test_empty_file_is_a_log() -> None:
    Path("deep").mkdir()
    Path("deep/log.jsonl").touch()
    write(b"{1}\n")
    assert Path("deep/log.jsonl").read_bytes() == b"{1}\n"


@pytest.mark.parametrize("content", [b"hello", b"\n", b"[1]\n", b"\xef\xbb\xbf{"])
def test_file_that_is_no_log_is_refused(content: bytes) -> None:
    Path("notes").write_bytes(content)
    with pytest.raises(InputError, match="notes: is no log of this program"):
        LogFile("notes")


def test_spool_gives_lines_back_in_order() -> None:
    for size, count in ((10, 5), (100_000, 300)):  # 30 MB: on disk in between
        spool = Spool()
        lines = [b"%d" % number * size + b"\n" for number in range(count)]
        for line in lines:
            spool.add(line)
        chunks = list(spool.lines())
        spool.close()
        assert b"".join(chunks) == b"".join(lines)
        assert all(chunk.endswith(b"\n") for chunk in chunks)


def test_index_finds_the_newest_first() -> None:
    write(*(to_line(record(number)) for number in range(7)))
    with LogIndex("deep/log.jsonl") as log:
        assert [r["id"] for r in log.with_outputs([(None, "o1")])] == ["4.txt", "1.txt"]
        assert [r["id"] for r in log.with_sources([(None, "s5")])] == ["5.txt"]
        assert [r["id"] for r in log.with_id("3.txt")] == ["3.txt"]
        assert log.with_outputs([("body", "o1")]) == log.with_outputs([]) == []
        assert log.broken == 0


def test_index_passes_over_what_is_no_record() -> None:
    write(b"{broken\n\n", to_line(record(1)), b"[2]\n", to_line(record(2) | {"log": 2}))
    with LogIndex("deep/log.jsonl") as log:
        assert log.ids() == ["1.txt"]
        assert log.broken == 3


def test_missing_log_is_told() -> None:
    with pytest.raises(InputError, match=r"nope: the log cannot be read: no such file"):
        LogIndex("nope")
