"""Speed, memory and start-up, beside other matchers, on the same texts in one run.

    python benchmarks/speed.py [--sizes 300,10000,300000,1000000] [--quick]

Writes ``benchmarks/record/speed-<date>.md`` and ``.json``. Ratios are to
flashtext2's ``replace_keywords``, which gives the text alone; more is faster.
Losses stay in the table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import names, rivals, texts  # noqa: E402
from benchmarks.measuring import FIRST, OURS, in_child  # noqa: E402
from benchmarks.soak import git_commit  # noqa: E402

PACKAGES = ("flashtext2", "flashtext", "ahocorasick-rs", "pyahocorasick", "daachorse", "hyperscan")
METHOD = """\
All contestants of a row take turns on the same articles, on one core of one process; the
ratio is the median over the rounds of flashtext2's CPU time to theirs: 2 is twice as fast.
This normalizer gives text, decisions and log record with all guards on, the two flashtexts
give text, the automata text and spans, with a few lines of Python for word boundaries and
leftmost-longest. All look for the listed spellings as they are written (one flashtext2 in
any case), this normalizer also for their case, separator, apostrophe and look-alike forms,
and for persons' names in parts. Its first pass meets every spelling for the first time."""
Facts = dict[str, Any]


def main() -> int:
    """Measure everything, write the record, print it."""
    options = _parser().parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.quick:
        sizes = [size for size in sizes if size <= 10_000] or sizes[:1]
    facts: Facts = _machine() | {
        "corpus": str(options.corpus.name) if options.corpus else "generated",
        "sizes": [],
    }
    with tempfile.TemporaryDirectory() as folder:
        for flavour in options.flavours.split(","):
            for size in sizes:
                facts["sizes"].append(_measure_size(size, flavour, Path(folder), options))
        facts["cold_start"] = _cold_start(Path(folder), quick=options.quick)
    report = as_markdown(facts)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"speed-{facts['date']}.md"
    path.write_text(report, encoding="utf-8")
    path.with_suffix(".json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print(report)
    print(f"wrote {path}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="300,10000,300000,1000000", help="numbers of variants")
    parser.add_argument(
        "--flavours", default=",".join(names.FLAVOURS), help="glossaries: mixed,names"
    )
    parser.add_argument(
        "--corpus", type=Path, help="JSON Lines with a text field (default: generated text)"
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "benchmarks" / "record", help="folder of the record"
    )
    parser.add_argument("--quick", action="store_true", help="up to 10,000 variants, few rounds")
    return parser


def _measure_size(size: int, flavour: str, folder: Path, options: argparse.Namespace) -> Facts:
    _say(f"{flavour}, {size:,} variants: compiling, loading, reading")
    cache = str(folder / f"{flavour}-{size}")
    common = {"size": size, "flavour": flavour, "cache": cache}
    facts: Facts = {"size": size, "flavour": flavour}
    facts["compiling"] = in_child("compiling", common)
    facts["loading"] = in_child("loading", common)
    facts["reading"] = in_child("reading", common)
    _say(f"{flavour}, {size:,} variants: comparing")
    corpus = str(options.corpus.resolve()) if options.corpus else None
    scale = {"articles": 60 if options.quick else 200, "rounds": 3 if options.quick else 7}
    facts["comparing"] = in_child("comparing", common | scale | {"corpus": corpus})
    Path(cache).unlink(missing_ok=True)
    return facts


def _cold_start(folder: Path, *, quick: bool) -> Facts:
    _say("cold start")
    article = texts.english(Random(1), 1)[0] + "Dmitri Peskov spoke to Tass in Kiev.\n"
    return in_child(
        "cold_start", {"folder": str(folder), "article": article, "rounds": 5 if quick else 21}
    )


def _say(what: str) -> None:
    print(f"[{datetime.now(UTC):%H:%M:%S}] {what}", file=sys.stderr, flush=True)


def _machine() -> Facts:
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "missing"
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": git_commit(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "packages": versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")),
        "unknown",
    )


def as_markdown(facts: Facts) -> str:
    """Return the record as a page."""
    versions = ", ".join(f"{name} {version}" for name, version in facts["packages"].items())
    lines = [
        f"# Speed, {facts['date']}",
        "",
        f"- commit {facts['commit']}",
        f"- Python {facts['python']}, {facts['processor']}, {facts['machine']}, "
        f"{facts['cores']} cores",
        f"- {versions}",
        f"- text: {facts['corpus']}, articles of 3 kB; dense: a hit every {texts.DENSE} "
        f"code points, sparse: every {texts.SPARSE:,}",
        "",
        *METHOD.splitlines(),
        "",
        *_targets(facts),
    ]
    for flavour, what in names.FLAVOURS.items():
        rows = [row for row in facts["sizes"] if row["flavour"] == flavour]
        if rows:
            lines += [
                "",
                f"## Glossary: {what}",
                "",
                *_ratios(rows),
                "",
                *_absolute(rows),
                "",
                *_costs(rows),
            ]
            lines += ["", *_rewrites(rows)]
    return "\n".join(lines).rstrip() + "\n"


def _ratios(rows: list[Facts]) -> list[str]:
    others = [rival.name for rival in rivals.RIVALS if rival.name != rivals.BASELINE]
    columns = [OURS, FIRST, *others]
    lines = [
        "Ratios to flashtext2:",
        "",
        f"| variants | text | flashtext2, MB/s | {' | '.join(columns)} |",
        "|---:|---|---:|" + "---:|" * len(columns),
    ]
    for row in rows:
        for text in row["comparing"].get("texts", ()):
            cells = [_number(text["ratios"].get(name)) for name in columns]
            cells[0] = f"**{cells[0]}**"
            speed = _number(text["megabytes_per_second"][rivals.BASELINE])
            lines.append(f"| {row['size']:,} | {text['text']} | {speed} | {' | '.join(cells)} |")
        if "failed" in row["comparing"]:
            lines.append(f"| {row['size']:,} | {row['comparing']['failed']} |")
    left_out = [
        f"{r.name} above {r.most:,} ({r.why})"
        for r in rivals.RIVALS
        if r.most < max(x["size"] for x in rows)
    ]
    if left_out:
        lines += ["", f"Left out (–): {'; '.join(left_out)}."]
    return lines


def _absolute(rows: list[Facts]) -> list[str]:
    lines = [
        "This normalizer in MB/s:",
        "",
        "| variants | text | MB/s | slowest round to fastest |",
        "|---:|---|---:|---:|",
    ]
    for row in rows:
        for text in row["comparing"].get("texts", ()):
            speed, spread = (
                _number(text["megabytes_per_second"][OURS]),
                _number(text["spread"][OURS]),
            )
            lines.append(f"| {row['size']:,} | {text['text']} | {speed} | {spread} |")
    return lines


def _costs(rows: list[Facts]) -> list[str]:
    lines = [
        "Compiling (digest included), memory (peaks of a process; before: the entries alone), "
        "cache, and start:",
        "",
        "| variants | entries | keys | compile, s | peak, MB | before, MB | cache, MB "
        "| load and first sentence, s | loaded peak, MB | read from JSON, s |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        made, loaded, read = row["compiling"], row["loading"], row["reading"]
        cells = [
            f"{row['size']:,}",
            f"{made.get('entries', 0):,}",
            f"{made.get('keys', 0):,}",
            _number(made.get("seconds")),
            _megabytes(made.get("peak")),
            _megabytes(made.get("before")),
            _megabytes(made.get("cache_bytes")),
            _number(loaded.get("wall")),
            _megabytes(loaded.get("peak")),
            _number(read.get("seconds")),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    built = [rival.name for rival in rivals.RIVALS]
    lines += [
        "",
        "Seconds to build:",
        "",
        f"| variants | {' | '.join(built)} |",
        "|---:|" + "---:|" * len(built),
    ]
    for row in rows:
        seconds = row["comparing"].get("build_seconds", {})
        lines.append(
            f"| {row['size']:,} | {' | '.join(_number(seconds.get(name)) for name in built)} |"
        )
    return lines


def _rewrites(rows: list[Facts]) -> list[str]:
    lines = [
        "What became of the planted variants:",
        "",
        "| variants | text | planted | rewritten | kept or suggested |",
    ]
    lines.append("|---:|---|---:|---:|---|")
    for row in rows:
        for text in row["comparing"].get("texts", ()):
            ours = text["ours"]
            kept = (
                ", ".join(f"{reason} {count}" for reason, count in sorted(ours["kept"].items()))
                or "–"
            )
            counts = f"{text['planted']:,} | {ours['rewrites']:,}"
            lines.append(f"| {row['size']:,} | {text['text']} | {counts} | {kept} |")
    return lines


def _targets(facts: Facts) -> list[str]:
    """Return the targets with what was measured, met or not."""
    lines = ["| target | measured | met |", "|---|---:|---|"]

    def add(what: str, value: float | None, met: bool) -> None:
        lines.append(
            f"| {what} | {_number(value)} | {'yes' if met and value is not None else 'no'} |"
        )

    small = [ratio for row in facts["sizes"] if row["size"] <= 300 for ratio in _latin_ratios(row)]
    large = [ratio for row in facts["sizes"] if row["size"] > 300 for ratio in _latin_ratios(row)]
    if small:
        add("at least 2 at 300 variants (the lowest)", min(small), min(small) >= 2)
    if large:
        add("at least 1 above 300 variants (the lowest)", min(large), min(large) >= 1)
    for row in facts["sizes"]:
        if row["size"] == 1_000_000:
            where = f"a million variants, {row['flavour']}"
            made, loaded = row["compiling"], row["loading"]
            seconds, memory, load = (
                made.get("seconds", 1e9),
                made.get("peak", 1e12) / 1e9,
                loaded.get("wall", 1e9),
            )
            add(f"{where}: compile in 40 s", seconds, seconds <= 40)
            add(f"{where}: compile in 2 GB", memory, memory <= 2)
            add(f"{where}: load in 0.5 s", load, load < 0.5)
    cold = facts["cold_start"]
    what = "cold start of `normalizer run`: at most 6 times `python -c pass`"
    if "failed" in cold:
        lines.append(f"| {what} | {cold['failed']} | no |")
    else:
        milliseconds = f"{cold['seconds'] * 1000:.0f} ms to {cold['bare'] * 1000:.0f} ms of CPU"
        add(f"{what} ({milliseconds})", cold["ratio"], cold["ratio"] <= 6)
    return lines


def _latin_ratios(row: Facts) -> list[float]:
    rows = row["comparing"].get("texts", ())
    return [text["ratios"][OURS] for text in rows if not text["text"].startswith("Cyrillic")]


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _megabytes(value: int | None) -> str:
    return "–" if value is None else f"{value / 1e6:,.0f}" if value >= 1e7 else f"{value / 1e6:.1f}"


if __name__ == "__main__":
    sys.exit(main())
