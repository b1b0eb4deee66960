"""Normalize the articles in this folder and show what happened, why, and that it can be undone.

Run it with `make demo`. It drives the installed command `normalizer` as a person would and reads
the log for the rest; the texts and the log stay in demo-output/.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = Path("demo-output")
LOG = OUTPUT / "normalizer-log.jsonl"

RULES = {
    "listed": "a listed variant",
    "derived": "another romanization",
    "profile": "the form of another house style",
    "canonical": "the canonical form in other dress",
    "similar": "similar to a known spelling",
}

REASONS = {
    "mention": "both spellings are being talked about",
    "quotation": "inside a quotation",
    "title": "may be the title of a work",
    "needs": "nothing around it says that this entity is meant",
    "short": "a surname alone, and nothing says whose",
    "ambiguous": "belongs to several entries",
    "lower-case": "written in lower case",
    "derived": "derived by rule, listed by nobody",
    "listed-suggest": "its entry says to ask a person",
    "similar": "similar to a known spelling",
    "split": "split over two lines",
    "overlap": "overlaps a longer find",
    "unstable": "would be found again after rewriting",
    "unless": "part of a longer phrase that its entry excepts",
    "sic": "marked [sic]",
    "off": "switched off by a comment",
}


# rich drops these, which would move every span behind them.
CONTROLS = dict.fromkeys(map(ord, "\a\b\v\f\r"), " ")


class Article(NamedTuple):
    source: Path
    output: Path
    record: dict[str, Any]  # its line of the log


def main() -> int:
    os.chdir(ROOT)
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a plain-ASCII terminal
    console = Console(highlight=False)
    sources = sorted(Path("examples").glob("*.txt"))
    shutil.rmtree(OUTPUT, ignore_errors=True)  # the log is appended to, and the demo starts anew

    call(console, "run", *map(str, sources), "-o", str(OUTPUT))
    articles = list(read_log(sources))
    for article in articles:
        console.rule(Text(f"{article.source} → {article.output}"))
        print_diff(console, article)
    console.rule("Rewritten")
    console.print(table_of_substitutions(articles))
    console.rule("Left as it is")
    console.print(table_of_kept(articles))
    console.rule("Log")
    console.print(Text(f"{LOG}: one line of JSON per article, {LOG.stat().st_size:,} bytes"))
    console.rule("Undo")
    return undo_all(console, articles)


def call(console: Console, *arguments: str) -> None:
    """Show a command, run it, and end the demo where it fails."""
    console.print(Text("$ " + " ".join(["normalizer", *arguments]), style="bold"), soft_wrap=True)
    sys.stdout.flush()
    done = subprocess.run([find_command(), *arguments], check=False)
    if done.returncode:
        sys.exit(f"normalizer {arguments[0]} ended with exit code {done.returncode}")


def find_command() -> str:
    """The `normalizer` that is installed beside this interpreter, else the one on the path."""
    beside = shutil.which("normalizer", path=str(Path(sys.executable).parent))
    return beside or shutil.which("normalizer") or sys.exit("normalizer is missing: make demo")


def read_log(sources: Sequence[Path]) -> Iterator[Article]:
    by_name = {source.name: source for source in sources}
    for line in LOG.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield Article(by_name[Path(record["id"]).name], OUTPUT / record["id"], record)


# --- the diff ------------------------------------------------------------------------------------


def print_diff(console: Console, article: Article) -> None:
    """Print the lines that changed; rewriting keeps their number, so they pair up."""
    done = article.record["substitutions"]
    before = mark(article.source, [(s["start"], s["end"]) for s in done], "bold red")
    after = mark(article.output, [(s["out_start"], s["out_end"]) for s in done], "bold green")
    grid = Table.grid(padding=(0, 1))
    for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        if old.plain != new.plain:
            grid.add_row(Text(str(number), style="dim"), Text("-", style="red"), old)
            grid.add_row("", Text("+", style="green"), new)
    console.print(grid)


def mark(path: Path, spans: Iterable[tuple[int, int]], style: str) -> list[Text]:
    """Return the lines of a file with the spans, in code points, marked."""
    text = Text(path.read_bytes().decode("utf-8").translate(CONTROLS))
    for start, end in spans:
        text.stylize(style, start, end)
    return list(text.split("\n", allow_blank=True))


# --- the tables ----------------------------------------------------------------------------------


def table_of_substitutions(articles: Iterable[Article]) -> Table:
    table = Table("found", "rewritten to", "times", "entry", "why", box=SIMPLE_HEAD)
    counts = Counter(
        (s["found"], s["replacement"], s["entry"], why(s))
        for article in articles
        for s in article.record["substitutions"]
    )
    for (found, replacement, entry, reason), count in sorted(
        counts.items(), key=lambda item: (item[0][2], item[0])
    ):
        table.add_row(
            Text(show(found), style="red"),
            Text(show(replacement), style="green"),
            str(count),
            Text(entry),
            Text(reason),
        )
    return table


def table_of_kept(articles: Iterable[Article]) -> Table:
    table = Table("found", "instead of", "action", "reason", "where", box=SIMPLE_HEAD)
    for article in articles:
        text = article.source.read_bytes().decode("utf-8")
        for kept in article.record["kept"]:
            reason = kept["reason"]
            table.add_row(
                Text(show(kept["found"]), style="yellow"),
                Text(show(kept["replacement"])),
                Text(kept["action"]),
                Text(f"{reason}: {REASONS[reason]}" if reason in REASONS else reason),
                Text(excerpt(text, kept["start"], kept["end"])),
            )
    return table


def why(substitution: dict[str, Any]) -> str:
    """Say by which rule and scheme, and what differs from the spelling that the rule knows."""
    rule = RULES[substitution["rule"]]
    scheme = f" ({substitution['scheme']})" if substitution["scheme"] else ""
    forms = f"; differs in {', '.join(substitution['forms'])}" if substitution["forms"] else ""
    return rule + scheme + forms


def show(spelling: str) -> str:
    return spelling.replace("\n", "⏎")


def excerpt(text: str, start: int, end: int, around: int = 24) -> str:
    return "…" + " ".join(text[max(0, start - around) : end + around].split()) + "…"


# --- the proof -----------------------------------------------------------------------------------


def undo_all(console: Console, articles: Sequence[Article]) -> int:
    """Undo each article from its output and the log. The exit code: 0 if every byte is back."""
    differing = 0
    for article in articles:
        undone = OUTPUT / "undone" / article.source.name
        call(console, "undo", str(article.output), "--log", str(LOG), "-o", str(undone))
        same = undone.read_bytes() == article.source.read_bytes()
        differing += not same
        verdict, style = ("the same, byte for byte", "green") if same else ("DIFFERENT", "bold red")
        console.print(Text(f"  {undone} and {article.source}: {verdict}", style=style))
    return 1 if differing or not articles else 0


if __name__ == "__main__":
    sys.exit(main())
