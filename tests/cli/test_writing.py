"""A full disk or a kill leaves the old file or the new one, and the log whole."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import GLOSSARY, Command, child_environment, records

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def leftovers() -> list[str]:
    return [str(p) for p in Path().rglob("*") if p.name.endswith(".tmp")]


@posix
def test_full_disk_leaves_the_old_file(command: Command) -> None:
    import resource

    old = "Kiev " * 20_000
    Path("a.txt").write_text(old)
    Path("b.txt").write_text("Kiev")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = command.child(
        "run", "a.txt", "b.txt", "--in-place", "--glossary", GLOSSARY, before=limit
    )
    assert done.code == 3
    assert "normalizer: a.txt: too large for this file system or limit" in done.err
    assert Path("a.txt").read_text() == old
    assert Path("b.txt").read_text() == "Kyiv"
    assert [r["id"] for r in records("normalizer-log.jsonl")] == ["b.txt"]
    assert leftovers() == []


@posix
def test_full_log_leaves_the_old_file(command: Command) -> None:
    import resource

    Path("a.txt").write_text("Kiev " * 1_000)
    Path("b.txt").write_text("Kiev")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = command.child(
        "run", "a.txt", "b.txt", "--in-place", "--glossary", GLOSSARY, before=limit
    )
    assert done.code == 3
    assert "normalizer-log.jsonl: the log cannot be written" in done.err
    assert Path("a.txt").read_text() == "Kiev " * 1_000
    assert leftovers() == []
    # The line that did not fit harms none of those that come later.
    assert command.small("run", "b.txt", "--in-place").code == 0
    assert command("undo", "b.txt", "--log", "normalizer-log.jsonl").text == "Kiev"


def test_full_standard_output_is_told(command: Command) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    Path("a.txt").write_text("Kiev")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "normalizer", "run", "a.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=child_environment(),
            check=False,
        )
    assert done.returncode == 3
    assert b"no space left on the disk" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@posix
@pytest.mark.parametrize("after", [0.05, 0.1, 0.15, 0.2, 0.3])
def test_kill_leaves_every_file_old_or_new_and_undoable(command: Command, after: float) -> None:
    sources = {f"in/{n:03}.txt": f"{n} Kiev, Kinjal\n" * 50 for n in range(200)}
    Path("in").mkdir()
    for name, text in sources.items():
        Path(name).write_text(text)
    command.small("run", "-", stdin="Kiev")  # warms the cache
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "normalizer", "run", "in", "--in-place", "-q"),
            *("--glossary", str(GLOSSARY)),
        ],
        env=child_environment(),
    ) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    for name, text in sources.items():
        now = Path(name).read_text()
        new = text.replace("Kiev", "Kyiv").replace("Kinjal", "Kinzhal")
        assert now in (text, new)
        if now == new:
            undone = command("undo", name, "--log", "normalizer-log.jsonl", "-q")
            assert undone.text == text


@posix
def test_permissions_and_links_stay_in_place(command: Command) -> None:
    Path("real").mkdir()
    Path("real/a.txt").write_text("Kiev")
    os.chmod("real/a.txt", 0o640)
    Path("link.txt").symlink_to("real/a.txt")
    assert command.small("run", "link.txt", "--in-place").code == 0
    assert Path("link.txt").is_symlink()
    assert Path("real/a.txt").read_text() == "Kyiv"
    assert stat.S_IMODE(os.stat("real/a.txt").st_mode) == 0o640


@posix
def test_devices_and_pipes_are_written_to_not_replaced(command: Command) -> None:
    Path("a.txt").write_text("Kiev")
    before = os.stat("/dev/null").st_mode
    done = command.child("run", "a.txt", "-o", "/dev/null", "--glossary", GLOSSARY)
    assert done.code == 0, done.err
    assert "1 substitution went unlogged" in done.err
    assert os.stat("/dev/null").st_mode == before
    assert not os.path.exists("/dev/normalizer-log.jsonl")


@posix
def test_input_may_be_a_pipe(command: Command) -> None:
    os.mkfifo("pipe.txt")
    with subprocess.Popen(["sh", "-c", "printf Kiev > pipe.txt"]):
        done = command.child("run", "pipe.txt", "--glossary", GLOSSARY)
    assert done.text == "Kyiv"


@posix
def test_interrupt_ends_quietly_with_130_and_leaves_nothing(command: Command) -> None:
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "normalizer", "run", "--format", "jsonl", "-"),
            *("-o", "x.jsonl", "--glossary", str(GLOSSARY)),
        ],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b'{"text": "Kiev"}\n')
        process.stdin.flush()
        deadline = time.monotonic() + 20
        while not leftovers() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == b""
    assert not Path("x.jsonl").exists()
    assert leftovers() == []


def test_several_processes_append_to_one_log(command: Command) -> None:
    command.small("run", "-", stdin="Kiev")
    lines = b"".join(b'{"id": %d, "text": "Kiev"}\n' % n for n in range(500))
    running = []
    for _ in range(4):
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "normalizer", "run", "--format", "jsonl", "-", "-q"),
                *("--log", "log.jsonl", "--glossary", str(GLOSSARY)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=child_environment(),
        )
        running.append(process)
    for process in running:
        process.communicate(lines)
        assert process.returncode == 0
    assert len(records("log.jsonl")) == 2000
