"""Which reports there are. A report joins by a line here: its name and its module."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.reports.located import Report

REPORTS = {
    "text": "normalizer.reports.text",
    "json": "normalizer.reports.json_lines",
}


def load_report(name: str) -> Report:
    """Return the module of a report."""
    __import__(REPORTS[name])
    loaded: Report = sys.modules[REPORTS[name]]
    return loaded
