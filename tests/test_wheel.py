"""The built wheel works alone: a fresh environment, the core dependencies, no extras, no checkout.

The wheel is built from the source distribution, so that one is complete too.
"""

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from normalizer._version import __version__

ROOT = Path(__file__).resolve().parent.parent

# One worker builds; the others go on with the rest.
pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


class Installed(NamedTuple):
    wheel: Path
    bin: Path
    folder: Path  # an empty one to work in, away from the checkout

    def run(self, *command: str, stdin: str = "") -> str:
        return run([str(self.bin / command[0]), *command[1:]], cwd=self.folder, stdin=stdin)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("wheel")
    dist, venv, folder = base / "dist", base / "venv", base / "elsewhere"
    folder.mkdir()
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT)])
    (wheel,) = dist.glob("*.whl")
    run([sys.executable, "-m", "venv", str(venv)])
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", str(wheel)])
    return Installed(wheel, venv / "bin", folder)


def test_wheel_holds_the_package_and_the_whole_glossary(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = set(archive.namelist())
    glossary = {
        f"normalizer/_shipped/{path.relative_to(ROOT / 'glossary').as_posix()}"
        for path in (ROOT / "glossary").rglob("*")
        if path.is_file()
    }
    assert names >= glossary | {"normalizer/__init__.py", "normalizer/py.typed"}
    assert {name.split("/")[0].partition("-")[0] for name in names} == {
        "normalizer",
        "entity_glossary_normalizer",
    }


def test_wheel_imports_without_extras(installed: Installed) -> None:
    where = installed.run("python", "-c", "import normalizer; print(normalizer.__file__)")
    assert where.startswith(str(installed.bin.parent))


def test_wheel_tells_its_version(installed: Installed) -> None:
    assert __version__ in installed.run("normalizer", "--version")


def test_wheel_explains_a_spelling_of_the_shipped_glossary(installed: Installed) -> None:
    assert "Kinzhal" in installed.run("normalizer", "explain", "Kinjal")


def test_wheel_is_a_filter(installed: Installed) -> None:
    text = "A Kinjal missile, said Dmitri Peskov.\n"
    assert installed.run("normalizer", "run", "-", stdin=text) == (
        "A Kinzhal missile, said Dmitry Peskov.\n"
    )


def run(command: Sequence[str], *, cwd: Path | None = None, stdin: str = "") -> str:
    """Run a command away from this environment; its standard output, or all it said on failure."""
    outside = {name: value for name, value in os.environ.items() if name not in INHERITED}
    done = subprocess.run(
        command, cwd=cwd, env=outside, input=stdin, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


# Would let the checkout, or the environment that runs the tests, into the fresh one.
INHERITED = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
