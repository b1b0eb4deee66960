"""When the lines of an entry were last written, and by which commits, as git tells it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from normalizer.glossary.entry import Entry
from normalizer.site.catalog import Change

_MAX_CHANGES = 8


def history_of(entries: Iterable[Entry]) -> dict[str, tuple[Change, ...]]:
    """Return by id the commits that wrote the lines of an entry, newest first.

    An entry is left out where its file is in no repository, or git is missing.
    """
    by_file: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.at.line:
            by_file.setdefault(entry.at.path, []).append(entry)
    found: dict[str, tuple[Change, ...]] = {}
    for path, inside in by_file.items():
        lines = blame(_porcelain(path))
        starts = sorted((entry.at.line, entry.id) for entry in inside)
        ends = [start for start, _ in starts[1:]] + [len(lines) + 1]
        for (start, entry_id), end in zip(starts, ends, strict=True):
            changes = {c.commit: c for c in lines[start - 1 : end - 1] if c is not None}
            ordered = sorted(changes.values(), key=lambda c: (c.date, c.commit), reverse=True)
            if ordered:
                found[entry_id] = tuple(ordered[:_MAX_CHANGES])
    return found


def _porcelain(path: str) -> str:
    """Return what ``git blame`` says of a file; nothing where it cannot."""
    file = Path(path)
    try:
        done = subprocess.run(
            ["git", "-C", str(file.parent), "blame", "--porcelain", "--", file.name],
            capture_output=True, check=True, timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def blame(porcelain: str) -> list[Change | None]:
    """Return the commit of each line; None for a line that is not committed yet."""
    facts: dict[str, dict[str, str]] = {}
    lines: list[Change | None] = []
    commit = ""
    for line in porcelain.splitlines():
        if line.startswith("\t"):
            lines.append(_change(commit, facts[commit]))
        elif commit == "" or _is_head(line):
            commit = line.split(" ", 1)[0]
            facts.setdefault(commit, {})
        else:
            label, _, value = line.partition(" ")
            facts[commit][label] = value
    return lines


def _is_head(line: str) -> bool:
    first = line.split(" ", 1)[0]
    return len(first) == 40 and all(char in "0123456789abcdef" for char in first)


def _change(commit: str, facts: Mapping[str, str]) -> Change | None:
    if not commit.strip("0"):
        return None
    written = datetime.fromtimestamp(int(facts.get("author-time", "0")), UTC)
    return Change(date=written.date().isoformat(), subject=facts.get("summary", ""), commit=commit)
