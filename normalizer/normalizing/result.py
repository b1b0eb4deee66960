"""What normalizing gives back: the text, the findings, and the record for the log."""

from __future__ import annotations

import hashlib

from normalizer._version import __version__

Record = dict[str, object]


class Finding:
    """A match that was rewritten, suggested, or kept for a reason.

    ``start`` and ``end`` are half-open code points of the text as given;
    ``out_start`` and ``out_end`` of the output, None where nothing was rewritten.
    ``action`` is ``rewrite``, ``suggest`` or ``keep``; ``reason`` is None for a rewrite.
    """

    __slots__ = (
        "action", "also", "end", "entry", "forms", "found", "out_end", "out_start", "reason",
        "replacement", "rule", "scheme", "start", "variant",
    )  # fmt: skip

    def __init__(
        self,
        *,
        start: int,
        end: int,
        found: str,
        replacement: str,
        entry: str,
        also: tuple[str, ...],
        rule: str,
        scheme: str | None,
        forms: tuple[str, ...],
        variant: str,
        action: str,
        reason: str | None,
    ) -> None:
        self.start = start
        self.end = end
        self.out_start: int | None = None
        self.out_end: int | None = None
        self.found = found
        self.replacement = replacement
        self.entry = entry
        self.also = also
        self.rule = rule
        self.scheme = scheme
        self.forms = forms
        self.variant = variant
        self.action = action
        self.reason = reason

    def __repr__(self) -> str:
        what = self.reason or self.action
        return f"<Finding {self.start}:{self.end} {self.found!r} -> {self.replacement!r} ({self.entry}, {what})>"

    def to_dict(self, field: str | None = None) -> Record:
        """Return the finding as the log writes it."""
        record: Record = {"field": field, "start": self.start, "end": self.end}
        if self.action == "rewrite":
            record["out_start"] = self.out_start
            record["out_end"] = self.out_end
        record |= {
            "found": self.found,
            "replacement": self.replacement,
            "entry": self.entry,
            "also": list(self.also),
            "rule": self.rule,
            "scheme": self.scheme,
            "forms": list(self.forms),
            "variant": self.variant,
        }
        if self.action != "rewrite":
            record["action"] = self.action
            record["reason"] = self.reason
        return record


class Result:
    """A normalized text with all its findings, in the order of the text."""

    __slots__ = ("_settings", "findings", "source", "text")

    def __init__(self, source: str, text: str, findings: list[Finding], settings: dict[str, str]) -> None:
        self.source = source
        self.text = text
        self.findings = findings
        self._settings = settings

    @property
    def substitutions(self) -> list[Finding]:
        """The findings that were rewritten."""
        return [finding for finding in self.findings if finding.action == "rewrite"]

    @property
    def kept(self) -> list[Finding]:
        """The findings that were suggested or kept."""
        return [finding for finding in self.findings if finding.action != "rewrite"]

    def record(self, id: str) -> Record:  # noqa: A002 - the name that the log gives it
        """Return the line of the log for this text; see ``docs/log-format.md``."""
        return make_record(id, [(None, self)], self._settings)


def make_record(record_id: str, fields: list[tuple[str | None, Result]], settings: dict[str, str]) -> Record:
    """Return the log record of a document made of one or several text fields.

    ``settings`` is a normalizer's ``settings``: glossary, profile, quotes, hashtags.
    """
    return {
        "log": 1,
        "id": record_id,
        "version": __version__,
        "glossary": settings["glossary"],
        "profile": settings["profile"],
        "settings": {"quotes": settings["quotes"], "hashtags": settings["hashtags"]},
        "encoding": "utf-8",
        "bom": False,
        "texts": [
            {
                "field": field,
                "source_sha256": digest(result.source),
                "output_sha256": digest(result.text),
            }
            for field, result in fields
        ],
        "substitutions": [f.to_dict(field) for field, result in fields for f in result.substitutions],
        "kept": [f.to_dict(field) for field, result in fields for f in result.kept],
    }


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, lone surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
