"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from normalizer.errors import InputError
from normalizer.formats.files import NewFile


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_file_appears_when_it_is_finished() -> None:
    file = NewFile("deep/a.txt")
    file.write(b"new")
    assert not Path("deep/a.txt").exists()
    file.finish()
    file.discard()
    assert Path("deep/a.txt").read_bytes() == b"new"
    assert os.listdir("deep") == ["a.txt"]


def test_discarded_file_leaves_no_trace() -> None:
    Path("a.txt").write_bytes(b"old")
    file = NewFile("a.txt")
    file.write(b"new")
    file.discard()
    file.discard()
    assert Path("a.txt").read_bytes() == b"old"
    assert os.listdir() == ["a.txt"]


def test_folder_is_refused() -> None:
    with pytest.raises(InputError, match=r"\.: is a folder; name a file"):
        NewFile(".")


def test_longest_name_is_possible() -> None:
    name = "n" * 251 + ".txt"
    file = NewFile(name)
    file.finish()
    assert os.listdir() == [name]


def test_error_names_the_target() -> None:
    Path("file").touch()
    with pytest.raises(OSError, match=r"file/a\.txt") as error:
        NewFile("file/a.txt")
    assert error.value.filename == "file/a.txt"


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write anywhere")
def test_read_only_file_is_refused() -> None:
    Path("a.txt").touch()
    os.chmod("a.txt", 0o444)
    with pytest.raises(InputError, match=r"a\.txt: is read-only"):
        NewFile("a.txt")
