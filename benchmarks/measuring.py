"""What is measured, each in a process of its own so that peaks of memory do not mix.

``python benchmarks/measuring.py WHAT JSON`` does one measurement and prints
JSON; ``in_child`` is how the others call it. Times are CPU seconds unless the
name says otherwise, memory is the peak of the whole process in bytes.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import names, rivals, texts  # noqa: E402
from normalizer.glossary.loading import entries_from, make_glossary  # noqa: E402
from normalizer.matching.compiled import Compiled  # noqa: E402
from normalizer.matching.compiling import compile_glossary  # noqa: E402
from normalizer.normalizing.normalizer import CompiledNormalizer  # noqa: E402

OURS = "normalizer"
FIRST = "normalizer, first pass"
JSON_BYTES = 48 * 1024 * 1024  # a glossary file may have 64 MB

Facts = dict[str, Any]
Spellings = Callable[[str], object]


def in_child(what: str, options: Facts) -> Facts:
    """Run one measurement in a new process; return what it found."""
    command = [sys.executable, __file__, what, json.dumps(options)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode:
        return {"failed": f"exit code {done.returncode}"}
    facts: Facts = json.loads(done.stdout)
    return facts


def peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def compiling(options: Facts) -> Facts:
    """Compile a generated glossary and store it; ``before`` is the peak with the entries alone."""
    generated = names.generate(options["size"], options["flavour"])
    entries = names.entries(generated)
    facts: Facts = {
        "entries": len(entries),
        "variants": sum(len(item.variants) for item in generated),
    }
    del generated
    gc.collect()
    facts["before"] = peak()
    started = time.process_time()
    glossary = make_glossary(entries)
    facts["digest_seconds"] = time.process_time() - started
    compiled = compile_glossary(glossary)
    facts["seconds"] = time.process_time() - started
    facts["peak"] = peak()
    data = compiled.to_bytes()
    Path(options["cache"]).write_bytes(data)
    return facts | {"cache_bytes": len(data), "keys": compiled.keys, "peak_stored": peak()}


def loading(options: Facts) -> Facts:
    """Load the stored glossary and normalize one sentence, as a warm start does."""
    CompiledNormalizer(compile_glossary(make_glossary([]))).normalize(
        "warm"
    )  # imports are not loading
    before = peak()
    wall, cpu = time.perf_counter(), time.process_time()
    compiled = Compiled.from_bytes(Path(options["cache"]).read_bytes())
    CompiledNormalizer(compiled).normalize("One sentence, nothing in it.")
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak": peak(),
        "before": before,
    }


def reading(options: Facts) -> Facts:
    """Read the same glossary from JSON files, as large as files may be."""
    parts: list[list[str]] = [[]]
    size = 0
    for raw in names.raw_entries(names.generate(options["size"], options["flavour"])):
        text = json.dumps(raw)
        if size + len(text) > JSON_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += len(text) + 1
    files = [f"[{','.join(part)}]".encode() for part in parts]
    started = time.process_time()
    count = sum(len(entries_from(f"generated-{i}.json", data)) for i, data in enumerate(files))
    seconds = time.process_time() - started
    return {"seconds": seconds, "entries": count, "bytes": sum(map(len, files)), "peak": peak()}


def comparing(options: Facts) -> Facts:
    """Measure all contestants on the same texts, interleaved; times are medians of the rounds."""
    generated = names.generate(options["size"], options["flavour"])
    table = names.replacements(generated)
    corpus = Path(options["corpus"]) if options["corpus"] else None
    kinds = texts.make_texts(list(table), options["articles"], corpus)
    del generated
    normalizer = CompiledNormalizer(Compiled.from_bytes(Path(options["cache"]).read_bytes()))
    built: dict[str, float] = {}
    contestants: dict[str, Spellings] = {OURS: _ours(normalizer)}
    for rival in rivals.RIVALS:
        if options["size"] <= rival.most:
            _build(rival, table, contestants, built)
    gc.collect()
    gc.freeze()  # what the contestants hold is not scanned again while others are measured
    rows = [_compare(kind, contestants, normalizer, options["rounds"]) for kind in kinds]
    return {"texts": rows, "build_seconds": built, "peak": peak()}


def _ours(normalizer: CompiledNormalizer) -> Spellings:
    """Text, decisions and the log record, with all guards on."""

    def run(text: str) -> object:
        result = normalizer.normalize(text)
        return result.text, result.record("x")

    return run


def _build(
    rival: rivals.Rival,
    table: dict[str, str],
    contestants: dict[str, Spellings],
    built: dict[str, float],
) -> None:
    started = time.process_time()
    try:
        contestants[rival.name] = rival.make(table)
    except Exception as error:
        print(f"{rival.name}: left out: {error!r}", file=sys.stderr)
        return
    built[rival.name] = time.process_time() - started


def _compare(
    kind: texts.Text, contestants: dict[str, Spellings], normalizer: CompiledNormalizer, rounds: int
) -> Facts:
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    first = _timed(
        contestants[OURS], kind.articles
    )  # the glossary's rows of these texts are met here
    order = list(contestants)
    for number in range(rounds):
        turn = number % len(order)
        for name in order[turn:] + order[:turn]:
            seconds[name].append(_timed(contestants[name], kind.articles))
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    medians[FIRST] = first
    ratios = {
        name: statistics.median(
            base / own for base, own in zip(seconds[rivals.BASELINE], times, strict=True)
        )
        for name, times in seconds.items()
    }
    ratios[FIRST] = medians[rivals.BASELINE] / first
    size = sum(len(text.encode()) for text in kind.articles)
    return {
        "text": kind.name,
        "bytes": size,
        "planted": kind.planted,
        "megabytes_per_second": {name: size / taken / 1e6 for name, taken in medians.items()},
        "ratios": ratios,
        "spread": {name: max(times) / min(times) for name, times in seconds.items()},
        "ours": _outcome(kind, normalizer),
    }


def _timed(run: Spellings, articles: list[str]) -> float:
    started = time.process_time()
    for text in articles:
        run(text)
    return time.process_time() - started


def _outcome(kind: texts.Text, normalizer: CompiledNormalizer) -> Facts:
    """Count what became of the planted variants."""
    reasons: dict[str, int] = {}
    rewrites = 0
    for text in kind.articles:
        result = normalizer.normalize(text)
        rewrites += len(result.substitutions)
        for finding in result.kept:
            reasons[str(finding.reason)] = reasons.get(str(finding.reason), 0) + 1
    return {"rewrites": rewrites, "kept": reasons}


def cold_start(options: Facts) -> Facts:
    """Measure ``normalizer run`` on one article against a bare interpreter, in CPU seconds."""
    folder = Path(options["folder"])
    article = folder / "article.txt"
    article.write_text(options["article"], encoding="utf-8")
    command = _command()
    if command is None:
        return {"failed": "the command line cannot be run here"}
    run = [*command, "run", str(article), "-o", str(folder / "out")]
    environment = {
        key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"
    }
    environment |= {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")}
    bare = [sys.executable, "-c", "pass"]
    for _ in range(2):  # writes the cache and the .pyc files
        if _child_cpu(run, environment) is None:
            return {"failed": " ".join(run[:-3]) + " does not work"}
    bare_times, run_times = [], []
    for _ in range(options["rounds"]):
        bare_times.append(_child_cpu(bare, environment) or 0)
        run_times.append(_child_cpu(run, environment) or 0)
    own, base = statistics.median(run_times), statistics.median(bare_times)
    return {"seconds": own, "bare": base, "ratio": own / base, "command": Path(command[0]).name}


def _command() -> list[str] | None:
    """Return how to start the command: the script beside this interpreter, or the module."""
    script = Path(sys.executable).with_name("normalizer")
    if script.exists():
        return [str(script)]
    if (ROOT / "normalizer" / "__main__.py").exists():
        return [sys.executable, "-m", "normalizer"]
    return None


def _child_cpu(command: list[str], environment: dict[str, str]) -> float | None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


MEASUREMENTS = {
    "compiling": compiling,
    "loading": loading,
    "reading": reading,
    "comparing": comparing,
    "cold_start": cold_start,
}

if __name__ == "__main__":
    print(json.dumps(MEASUREMENTS[sys.argv[1]](json.loads(sys.argv[2]))))
