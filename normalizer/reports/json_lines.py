"""Findings as JSON Lines: what the log says of a finding, with path, line and column."""

from __future__ import annotations

from json import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normalizer.reports.located import Located


def render(findings: Iterable[Located], *, color: bool) -> Iterator[str]:
    """Yield one object a finding. It is never coloured."""
    for item in findings:
        facts = item.finding.to_dict(item.field)
        facts.pop("out_start", None)
        facts.pop("out_end", None)
        yield dumps(
            {
                "path": item.path,
                "line": item.line,
                "column": item.column,
                "end_line": item.end_line,
                "end_column": item.end_column,
                "id": item.id,
                **facts,
                "action": item.finding.action,
                "reason": item.finding.reason,
            },
            ensure_ascii=False,
        )
