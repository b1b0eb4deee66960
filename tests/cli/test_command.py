"""The command as a whole: help, version, mistakes, broken pipes, and what it imports."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer import __version__
from normalizer.cli import dispatch, main
from normalizer.cli.arguments import Arguments, Options
from normalizer.cli.manual import describe, refresh, verbs
from normalizer.errors import UsageError
from tests.cli.conftest import GLOSSARY, ROOT, Command, child_environment

VERBS = list(verbs())


# --- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_overview_names_every_verb(command: Command, arguments: list[str]) -> None:
    done = command(*arguments)
    assert (done.code, done.err) == (0, "")
    assert all(f"  {verb} " in done.text for verb in dispatch.VERBS)
    assert "example: normalizer run" in done.text


def test_overview_of_the_glossary_verbs(command: Command) -> None:
    for arguments in (["glossary"], ["glossary", "--help"], ["help", "glossary"]):
        text = command(*arguments).text
        assert all(f"  {verb} " in text for verb in dispatch.GLOSSARY_VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(command: Command, verb: str) -> None:
    for arguments in (
        [*verb.split(), "--help"],
        [*verb.split(), "x", "-h"],
        ["help", *verb.split()],
    ):
        done = command(*arguments)
        assert (done.code, done.err) == (0, "")
        assert done.text.startswith(f"usage: normalizer {verb} ")
        assert f"  normalizer {verb} " in done.text.partition("example")[2] + " "


@pytest.mark.parametrize("arguments", [["--version"], ["-V"]])
def test_version(command: Command, arguments: list[str]) -> None:
    assert command(*arguments) == (0, f"normalizer {__version__}\n".encode(), "")


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_has_help(verb: str) -> None:
    arguments = Arguments("")
    dispatch.module_of(verb).add_arguments(arguments)
    assert all(settings_["help"][0].islower() for _, settings_ in arguments.named)


# --- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rnu"], 'unknown command "rnu"; did you mean run?'),
        (["Zzz"], 'unknown command "Zzz"; normalizer --help lists them'),
        (["--verbose"], 'unknown option "--verbose"; did you mean --version?'),
        (["glossary", "lnt"], 'unknown command "lnt"; did you mean lint?'),
        (["help", "rnu"], 'unknown command "rnu"; did you mean run?'),
        (["run"], "INPUT is missing; normalizer run --help shows what it takes"),
        (["run", "x", "--quote", "keep"], 'unknown option "--quote"; did you mean --quotes?'),
        (["run", "x", "--quotes", "kep"], '--quotes is "kep"; expected one of rewrite, suggest, k'),
        (["run", "x", "-o"], "-o needs a value; normalizer run --help shows"),
        (["run", "x", "-o", "--quiet"], "-o needs a value"),
        (["verify", "a", "b", "--log", "x"], '"b" is too much: one OUTPUT only'),
        (["run", "x", "--quiet=yes"], "--quiet takes no value"),
        (["glossary", "show"], "ENTRY is missing; normalizer glossary show --help"),
    ],
)
def test_mistakes_are_one_line_with_what_to_do(
    command: Command, arguments: list[str], message: str
) -> None:
    done = command(*arguments)
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith(f"normalizer: {message}")
    assert done.err.count("\n") == 1


def test_error_of_the_program_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise ZeroDivisionError("nobody thought of that")

    from normalizer.cli import explain

    monkeypatch.delenv("NORMALIZER_DEBUG")
    monkeypatch.setattr(explain, "main", fail)
    assert main(["explain", "Kinjal"]) == 3
    assert capfd.readouterr().err == (
        "normalizer: an error of this program (ZeroDivisionError: nobody thought of that); "
        "please report it, with what NORMALIZER_DEBUG=1 shows\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
def test_broken_pipe_ends_quietly() -> None:
    Path("a.txt").write_text("Kiev\n" * 50_000)
    with subprocess.Popen(
        [sys.executable, "-m", "normalizer", "check", "a.txt", "--glossary", str(GLOSSARY)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
@pytest.mark.parametrize("closed", ["0", "1", "2"])
def test_closed_streams_are_no_traceback(closed: str) -> None:
    Path("a.txt").write_text("Kiev")
    shell = f'"{sys.executable}" -m normalizer run {"-" if closed == "0" else "a.txt"} {closed}>&-'
    done = subprocess.run(
        ["sh", "-c", shell], capture_output=True, env=child_environment(), check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == (0 if closed == "2" else 3)


def test_command_runs_without_a_home() -> None:
    environment = child_environment()
    for name in ("HOME", "NORMALIZER_CACHE", "XDG_CACHE_HOME"):
        environment.pop(name, None)
    environment["HOME"] = "/nonexistent"
    done = subprocess.run(
        [sys.executable, "-m", "normalizer", "run", "-", "-q", "--glossary", str(GLOSSARY)],
        input=b"Kiev",
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"Kyiv", b"")


# --- the arguments -------------------------------------------------------------------------------


def read(*words: str, verb: str = "run") -> Options | None:
    arguments = Arguments(f"normalizer {verb}")
    dispatch.module_of(verb).add_arguments(arguments)
    return arguments.read(words)


def test_options_stand_anywhere_and_take_their_values_in_three_ways() -> None:
    options = read("a", "-o", "x", "b", "--log=l=1", "-q", "c", "--disable", "d", "--disable=e")
    assert options is not None
    assert options.inputs == ["a", "b", "c"]
    assert (options.output, options.log, options.quiet) == ("x", "l=1", True)
    assert options.disable == ["d", "e"]
    assert (options.in_place, options.profile, options.glossary) == (False, "house", [])
    options = read("-oout", "-", "--", "--quiet", "-x")
    assert options is not None
    assert (options.output, options.inputs, options.quiet) == ("out", ["-", "--quiet", "-x"], False)


def test_values_do_not_leak_from_one_reading_to_the_next() -> None:
    arguments = Arguments("normalizer run")
    dispatch.module_of("run").add_arguments(arguments)
    arguments.read(["a", "--disable", "d"])
    options = arguments.read(["a"])
    assert options is not None
    assert options.disable == []


def test_help_is_asked_for_before_the_mistakes_behind_it() -> None:
    assert read("-h", "--nope") is None
    assert read("a", "--help") is None
    assert read("--", "--help") is not None


WORDS = st.sampled_from(
    "a.txt|-|--||keep|jsonl|out|-x|x=y|--nope|-q|-o|-oout|--log|--log=x|--quotes|--quotes=keep"
    "|--text-field|--disable|--in-place".split("|")
)


@given(st.lists(WORDS, max_size=8))
def test_arguments_are_read_as_argparse_reads_them(words: list[str]) -> None:
    """But for ``--``, behind which argparse's mixed parsing still looks for options."""
    parser = argparse.ArgumentParser(allow_abbrev=False, exit_on_error=False, add_help=False)
    dispatch.module_of("run").add_arguments(parser)
    try:
        options = read(*words)
    except UsageError:
        return
    if "--" not in words:
        assert vars(options) == vars(parser.parse_intermixed_args(words))


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_every_argument(command: Command, verb: str) -> None:
    arguments = Arguments("")
    dispatch.module_of(verb).add_arguments(arguments)
    text = command(*verb.split(), "--help").text
    for names, settings_ in arguments.named:
        shown = names if names[0].startswith("-") else [settings_["metavar"]]
        assert all(name in text for name in shown)


# --- what is imported ----------------------------------------------------------------------------

#: Each costs a tenth of a bare Python's start or more, and none is needed for a warm run.
HEAVY = {
    "argparse", "asyncio", "click", "contextlib", "dataclasses", "difflib", "gettext",
    "importlib.metadata", "importlib.resources", "inspect", "locale", "logging", "msgspec",
    "pathlib", "regex", "rich", "shutil", "subprocess", "tempfile", "textwrap", "typing",
    "unidecode", "urllib", "yaml",
}  # fmt: skip

WHAT_IS_IMPORTED = """
import sys
started = set(sys.modules)
from normalizer.cli import main
code = main(sys.argv[1:])
print("imported:", *sorted(set(sys.modules) - started), file=sys.stderr)
sys.exit(code)
"""


def imported(*arguments: str) -> set[str]:
    for _ in range(2):  # the first fills the cache
        done = subprocess.run(
            [sys.executable, "-c", WHAT_IS_IMPORTED, *arguments],
            capture_output=True,
            encoding="utf-8",
            env=child_environment(),
            check=False,
        )
    assert done.returncode in (0, 1), done.stderr
    return set(done.stderr.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("verb", ["run", "check", "undo"])
def test_warm_start_imports_nothing_heavy(verb: str) -> None:
    Path("a.txt").write_text("Kinjal missiles over Kiev, said Dmitri Peskov. He was “there”.")
    main(["run", "a.txt", "-o", "out", "-q"])
    arguments = {
        "run": ["a.txt", "-o", "out2"],
        "check": ["a.txt"],
        "undo": ["out/a.txt", "--log", "out/normalizer-log.jsonl"],
    }
    found = imported(verb, *arguments[verb])
    assert not {name for name in found if name in HEAVY or name.partition(".")[0] in HEAVY}


def test_warm_filter_imports_nothing_heavy() -> None:
    Path("a.jsonl").write_text('{"text": "Kinjal missiles over Kiev"}\n')
    found = imported("run", "a.jsonl", "--log", "log.jsonl")
    assert not {name for name in found if name.partition(".")[0] in HEAVY}


# --- the documentation ---------------------------------------------------------------------------

PAGE = ROOT / "docs" / "command-line.md"


def test_page_has_every_command_and_option() -> None:
    page = PAGE.read_text("utf-8")
    assert refresh(page) == page, "python -m normalizer.cli.manual docs/command-line.md"
    for verb in VERBS:
        assert f"<!-- options: {verb} -->" in page
        assert describe(verb) in page


def test_every_example_runs(command: Command) -> None:
    Path("draft.txt").write_text("The Kinjal missile over Kiev.\n")
    for name in ("articles", "ours"):
        Path(name).mkdir()
    Path("articles/a.txt").write_text("Kiev")
    Path("ours/a.yaml").write_text("- {id: oslo, kind: place, canonical: Oslo}\n")
    Path("in.jsonl").write_text('{"body": "Kiev"}\n')
    for verb in VERBS:
        for example in examples_of(verb):
            shell = example.replace("normalizer ", f'"{sys.executable}" -m normalizer ', 1)
            done = subprocess.run(
                ["sh", "-c", shell], capture_output=True, env=child_environment(), check=False
            )
            # 1: something was found, as a check of a draft should
            assert done.returncode in (0, 1), (example, done.stderr.decode())
            assert b"failed" not in done.stderr, (example, done.stderr.decode())
    assert Path("out.jsonl").read_text() == '{"body": "Kyiv"}\n'
    assert Path("back.txt").read_text() == "The Kinjal missile over Kiev.\n"
    assert Path("articles/a.txt").read_text() == "Kiev"


def examples_of(verb: str) -> Any:
    return dispatch.module_of(verb).EXAMPLES
