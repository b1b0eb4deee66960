"""Findings for people and editors: ``path:line:column: found -> replacement (why) [reason]``."""

from __future__ import annotations

from normalizer.reports.colors import BOLD, DIM, GREEN, RED, YELLOW, paint
from normalizer.reports.located import show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normalizer.normalizing.result import Finding
    from normalizer.reports.located import Located


def render(findings: Iterable[Located], *, color: bool) -> Iterator[str]:
    """Yield one line a finding."""
    for item in findings:
        finding = item.finding
        place = paint(f"{show(item.path)}:{item.line}:{item.column}:", BOLD, color=color)
        field = f" {show(item.field)}:" if item.field is not None else ""
        rewrites = finding.action == "rewrite"
        found = paint(show(finding.found), RED if rewrites else YELLOW, color=color)
        replacement = paint(show(finding.replacement), GREEN if rewrites else "", color=color)
        why = paint(f"({describe(finding)})", DIM, color=color)
        reason = "" if rewrites else f" [{finding.action}: {finding.reason}]"
        yield f"{place}{field} {found} -> {replacement} {why}{reason}"


def describe(finding: Finding) -> str:
    """Return whose spelling it is and by which rule: ``kinzhal, listed, case``."""
    rule = f"{finding.rule}/{finding.scheme}" if finding.scheme else finding.rule
    entries = "+".join((finding.entry, *finding.also))
    return ", ".join((entries, rule, *finding.forms))
