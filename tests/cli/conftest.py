"""The command as the tests call it: in this process, or as a child where that matters."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from normalizer.cli import main

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = Path(__file__).parent / "glossary"


class Done(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, cache_folder: Path, tmp_path: Path) -> None:
    """An empty folder to work in, a cache of the tests' own, and no colours."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NORMALIZER_CACHE", str(cache_folder))
    monkeypatch.setenv("NORMALIZER_DEBUG", "1")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


class Command:
    """Calls the command; ``small`` adds the small glossary."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capture: Any) -> None:
        self.monkeypatch = monkeypatch
        self.capture = capture

    def __call__(self, *arguments: object, stdin: bytes | str = b"") -> Done:
        """Call the command in this process."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        self.capture.readouterr()
        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
            code = main([str(argument) for argument in arguments])
        out, err = self.capture.readouterr()
        return Done(code, out, err.decode())

    def small(self, verb: str, *arguments: object, stdin: bytes | str = b"") -> Done:
        """Call a verb with the small glossary."""
        return self(verb, *arguments, "--glossary", GLOSSARY, stdin=stdin)

    def child(
        self,
        *arguments: object,
        stdin: bytes | str = b"",
        before: Any = None,
        **environment: str,
    ) -> Done:
        """Call the command in a process of its own."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "normalizer", *map(str, arguments)],
            input=data,
            capture_output=True,
            env=child_environment(**environment),
            preexec_fn=before,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr.decode())


def child_environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, **more}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    return Command(monkeypatch, capfdbinary)


def records(path: str | Path) -> list[dict[str, Any]]:
    """Return the records of a log."""
    return [json.loads(line) for line in Path(path).read_bytes().splitlines()]
