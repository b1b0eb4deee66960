"""The cache: warm and cold give the same, and nothing about it can break a run."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from normalizer import GlossaryError, UsageError, cache
from normalizer.cache import cache_folder, open_compiled, open_normalizer

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = "- {id: kyiv, kind: place, canonical: Kyiv, variants: [Kiev]}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NORMALIZER_CACHE", str(tmp_path / "cache"))
    Path("g.yaml").write_text(GLOSSARY)
    return tmp_path / "cache"


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def test_second_opening_takes_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_normalizer(["g.yaml"])
    (file,) = files(folder)
    monkeypatch.setattr(cache, "_compile", None)
    second = open_normalizer(["g.yaml"])
    assert first.normalize("Kiev").record("x") == second.normalize("Kiev").record("x")
    assert files(folder) == [file]


def test_large_file_is_mapped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_normalizer(["g.yaml"])
    monkeypatch.setattr(cache, "MAP_FROM", 0)
    monkeypatch.setattr(cache, "_compile", None)
    second = open_normalizer(["g.yaml"])
    shutil.rmtree(folder)
    for normalizer in (second, pickle.loads(pickle.dumps(second))):
        assert normalizer.normalize("Kiev").record("x") == first.normalize("Kiev").record("x")


def test_what_matters_makes_another_file(folder: Path) -> None:
    Path("g2.yaml").write_text("- {id: oslo, kind: place, canonical: Oslo}\n")
    Path("profiles").mkdir()
    open_compiled(["g.yaml"])
    open_compiled(["g.yaml"], disable=["kyiv"])
    open_compiled(["g.yaml", "g2.yaml"])
    open_compiled(["g2.yaml", "g.yaml"])
    Path("g.yaml").write_text(GLOSSARY + "# a comment\n")
    open_compiled(["g.yaml"])
    open_compiled()
    assert len(files(folder)) == 6
    assert open_normalizer(["g.yaml"]).normalize("Kiev").text == "Kyiv"


def test_ending_and_folder_of_a_file_matter(folder: Path) -> None:
    entry = '[{"id": "x", "kind": "place", "canonical": "Aa", "variants": ["3M"]}]'
    for name in ("a.yaml", "a.json", "profiles/a.yaml"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(entry)
    assert open_normalizer(["a.yaml"]).normalize("3M").text == "Aa"
    assert open_normalizer(["a.json"]).normalize("3M").text == "Aa"
    with pytest.raises(GlossaryError):
        open_normalizer(["profiles/a.yaml"])


def test_newer_code_makes_another_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_compiled(["g.yaml"])
    monkeypatch.setattr(cache, "_code_state", lambda: iter(["newer"]))
    open_compiled(["g.yaml"])
    assert len(files(folder)) == 2


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "foreign", "header", "zeros"])
def test_damaged_file_is_made_again(folder: Path, damage: str) -> None:
    open_compiled(["g.yaml"])
    (file,) = files(folder)
    good = file.read_bytes()
    middle = len(good) // 2
    bad = {
        "cut": good[:middle],
        "flip": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :],
        "empty": b"",
        "foreign": b"something else",
        "header": good[:30],
        "zeros": bytes(len(good)),
    }
    file.write_bytes(bad[damage])
    assert open_normalizer(["g.yaml"]).normalize("Kiev").text == "Kyiv"
    assert file.read_bytes() == good


def test_folder_that_cannot_be_written_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").touch()
    for value in ("file/below", "/dev/null", "/proc/nope"):
        monkeypatch.setenv("NORMALIZER_CACHE", value)
        assert open_normalizer(["g.yaml"]).normalize("Kiev").text == "Kyiv"


def test_off_stores_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NORMALIZER_CACHE", "off")
    assert open_normalizer(["g.yaml"]).normalize("Kiev").text == "Kyiv"
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="folders of POSIX")
def test_place_of_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NORMALIZER_CACHE")
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/me")
    assert cache_folder() == "/var/me/normalizer"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # to be ignored, says the XDG specification
    assert cache_folder() == "/home/me/.cache/normalizer"


def test_newest_files_are_kept(folder: Path) -> None:
    folder.mkdir()
    now = time.time()
    for number in range(30):
        old = folder / f"{number:02}.bin"
        old.touch()
        os.utime(old, (now - 1000 * number - 1000,) * 2)
    crashed, running = folder / "a.bin.1.tmp", folder / "b.bin.2.tmp"
    crashed.touch()
    running.touch()
    os.utime(crashed, (now - 10_000,) * 2)
    open_compiled(["g.yaml"])
    names = {file.name for file in files(folder)}
    assert len([name for name in names if name.endswith(".bin")]) == cache.KEPT_FILES
    assert {f"{number:02}.bin" for number in range(cache.KEPT_FILES - 1)} <= names
    assert running.name in names
    assert crashed.name not in names


def test_problems_are_raised_and_nothing_is_stored(folder: Path) -> None:
    Path("g.yaml").write_text(GLOSSARY + "- {id: b, kind: place, canonical: B, variants: [Kiev]}\n")
    with pytest.raises(GlossaryError, match="Kiev"):
        open_normalizer(["g.yaml"])
    with pytest.raises(UsageError, match="no such glossary"):
        open_normalizer(["nope"])
    with pytest.raises(UsageError, match="no profile"):
        open_normalizer(profile="nope")
    assert [file for file in files(folder) if file.name.endswith(".bin")] == []


def test_eight_processes_on_a_cold_cache(folder: Path) -> None:
    script = (
        "from normalizer.cache import open_normalizer\n"
        "print(open_normalizer().normalize('Kim Jong-un').text)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(8)
    ]
    for process in running:
        out, err = process.communicate()
        assert (process.returncode, out, err) == (0, b"Kim Jong Un\n", b"")
    assert len(files(folder)) == 1
