"""The long run: properties that must hold on random glossaries and random texts.

    python benchmarks/soak.py --examples 1000000 --record

One example is one text under one glossary, on which every property is checked.
The run is a function of the seed: the same examples for any number of jobs. A
failure is printed with the smallest reproduction found; the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.generating import (  # noqa: E402
    random_glossary,
    random_settings,
    random_text,
    spellings_of,
)
from benchmarks.properties import PROPERTIES, Subject, shrink  # noqa: E402
from normalizer.errors import GlossaryError  # noqa: E402

TEXTS = 50  # texts for one glossary
SHRUNK = 12  # failures of one property, one a glossary, that are made small; the others are counted


class Block(NamedTuple):
    """What came of one glossary and its texts."""

    number: int
    examples: int
    with_edits: int
    findings: int
    failures: list[dict[str, Any]]


def run_block(seed: int, number: int, texts: int = TEXTS) -> Block:
    """Check one random glossary on its texts."""
    rng = Random(f"{seed}:{number}")
    while True:
        raws = random_glossary(rng)
        settings = random_settings(rng, raws)
        try:
            subject = Subject(raws, settings)
            break
        except GlossaryError:
            continue  # random keys may not fit together
        except Exception as error:
            failure = {
                "kind": "error",
                "problem": repr(error),
                "entries": raws,
                "settings": settings,
                "text": "",
            }
            return Block(number, 0, 0, 0, [failure])
    spellings = spellings_of(raws)
    with_edits = findings = 0
    failures = []
    for _ in range(texts):
        text = random_text(rng, spellings)
        found = subject.broken(text)
        with_edits += bool(subject.edits)
        findings += subject.edits
        if found is not None:
            kind, problem, _ = found
            failures.append(
                {
                    "kind": kind,
                    "problem": problem,
                    "entries": raws,
                    "settings": settings,
                    "text": text,
                }
            )
    return Block(number, texts, with_edits, findings, failures)


def _run(job: tuple[int, int]) -> Block:
    return run_block(*job)


def main() -> int:
    """Run, print, and return the exit code."""
    options = _parser().parse_args()
    totals: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    reproductions: list[dict[str, Any]] = []
    started = shown = time.monotonic()
    for block in _blocks(options):
        totals.update(
            examples=block.examples, with_edits=block.with_edits, edits=block.findings, glossaries=1
        )
        seen: set[str] = set()
        for failure in block.failures:
            kind = failure["kind"]
            kinds[kind] += 1
            if kind in seen or sum(known["kind"] == kind for known in reproductions) >= SHRUNK:
                continue
            seen.add(kind)
            reproductions.append(_reproduction(options.seed, block.number, failure))
            print("\n" + _as_text(reproductions[-1]), flush=True)
            if options.save:
                _save(options.save, reproductions[-1])
        now = time.monotonic()
        if now - shown > 15:
            shown = now
            print(_progress(totals, kinds, options.examples, now - started), flush=True)
        if options.minutes and now - started > 60 * options.minutes:
            break
        if sum(kinds.values()) >= options.max_failures:
            break
    elapsed = time.monotonic() - started
    print(_progress(totals, kinds, options.examples, elapsed))
    if options.record:
        print("wrote", _write_record(options, totals, kinds, reproductions, elapsed))
    return 1 if kinds else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--examples", type=int, default=100_000, help="texts to check (default: 100,000)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="the examples are a function of it (default: 1)"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many minutes")
    parser.add_argument(
        "--max-failures", type=int, default=10_000, help="stop after so many failures"
    )
    parser.add_argument("--block", type=int, help="only this glossary, as printed with a failure")
    parser.add_argument(
        "--save", type=Path, metavar="DIR", help="write each reproduction there as a program"
    )
    parser.add_argument(
        "--record", action="store_true", help="write benchmarks/record/properties-<date>.md"
    )
    return parser


def _blocks(options: argparse.Namespace) -> Iterator[Block]:
    if options.block is not None:
        yield run_block(options.seed, options.block)
        return
    jobs = [(options.seed, number) for number in range(-(-options.examples // TEXTS))]
    if options.jobs == 1:
        yield from map(_run, jobs)
        return
    with multiprocessing.Pool(options.jobs) as pool:
        yield from pool.imap(_run, jobs, chunksize=8)


def _reproduction(seed: int, block: int, failure: dict[str, Any]) -> dict[str, Any]:
    raws, settings, text = shrink(
        failure["entries"], failure["settings"], failure["text"], failure["kind"]
    )
    try:
        found = Subject(raws, settings).broken(text)
    except Exception:
        found = None
    problem = found[1] if found else failure["problem"]
    return failure | {
        "entries": raws,
        "settings": settings,
        "text": text,
        "problem": problem,
        "seed": seed,
        "block": block,
    }


def _as_text(failure: dict[str, Any]) -> str:
    """Return a failure as a program that replays it."""
    entries = json.dumps(failure["entries"], ensure_ascii=True)
    kind, seed, block = failure["kind"], failure["seed"], failure["block"]
    return f"""# FAILED {kind}: {PROPERTIES[kind]} (seed {seed}, block {block})
# {failure["problem"]!a}
import json
from benchmarks.properties import Subject
entries = json.loads(r'''{entries}''')
settings = {failure["settings"]!r}
text = {failure["text"]!a}
print(Subject(entries, settings).broken(text))
"""


def _save(folder: Path, failure: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{failure['kind']}-{failure['seed']}-{failure['block']}.py"
    (folder / name).write_text(_as_text(failure), encoding="utf-8")


def _progress(totals: Counter[str], kinds: Counter[str], wanted: int, elapsed: float) -> str:
    done = totals["examples"]
    share = totals["with_edits"] / max(done, 1)
    failed = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())) or "none"
    return (
        f"{done:,} of {wanted:,} examples, {totals['glossaries']:,} glossaries, "
        f"{share:.0%} with edits, {elapsed:.0f} s, {done / max(elapsed, 1e-9):,.0f}/s; "
        f"failures: {failed}"
    )


def _write_record(
    options: argparse.Namespace,
    totals: Counter[str],
    kinds: Counter[str],
    reproductions: list[dict[str, Any]],
    elapsed: float,
) -> Path:
    date = datetime.now(UTC).date().isoformat()
    lines = [
        f"# Properties, {date}",
        "",
        f"- commit: {git_commit()}",
        f"- Python {platform.python_version()}, {os.cpu_count()} cores, {options.jobs} jobs, "
        f"{elapsed:.0f} s",
        f"- seed: {options.seed}",
        f"- examples: {totals['examples']:,} texts on {totals['glossaries']:,} glossaries; "
        f"{totals['with_edits']:,} texts were rewritten, {totals['edits']:,} substitutions",
        "",
        "| property | what holds | examples | failures |",
        "|---|---|---:|---:|",
    ]
    lines += [
        f"| {k} | {what} | {totals['examples']:,} | {kinds[k]:,} |"
        for k, what in PROPERTIES.items()
    ]
    if reproductions:
        lines += ["", "## Failures", ""]
        for failure in reproductions:
            lines += ["```python", _as_text(failure).strip(), "```", ""]
    path = ROOT / "benchmarks" / "record" / f"properties-{date}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return path


def git_commit() -> str:
    """Return the commit at hand, with a note if files differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    commit = git("rev-parse", "--short=12", "HEAD") or "unknown"
    return (
        f"{commit} with uncommitted changes"
        if git("status", "--porcelain", "normalizer")
        else commit
    )


if __name__ == "__main__":
    sys.exit(main())
