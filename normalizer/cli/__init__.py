"""The command line: one module a verb, imported when it is chosen."""

from __future__ import annotations

from normalizer.cli.dispatch import main

__all__ = ["main"]
