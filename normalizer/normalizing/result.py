"""What normalizing gives back: the text, the findings, and the record for the log."""

from __future__ import annotations

import hashlib

from normalizer._version import __version__
from normalizer.matching.claims import Claim

Record = dict[str, object]


class Finding:
    """A match that was rewritten, suggested, or kept for a reason.

    ``start`` and ``end`` are half-open code points of the text as given;
    ``out_start`` and ``out_end`` of the output, None where nothing was rewritten.
    ``action`` is ``rewrite``, ``suggest`` or ``keep``; ``reason`` is None for a rewrite.
    """

    __slots__ = ("_claim", "also", "end", "found", "out_end", "out_start", "reason", "start", "action")

    def __init__(
        self,
        start: int,
        end: int,
        found: str,
        claim: Claim,
        action: str,
        reason: str | None,
        also: tuple[str, ...],
        out_start: int | None,
        out_end: int | None,
    ) -> None:
        self.start = start
        self.end = end
        self.found = found
        self._claim = claim
        self.action = action
        self.reason = reason
        self.also = also
        self.out_start = out_start
        self.out_end = out_end

    @property
    def replacement(self) -> str:
        """What was written, or what is suggested."""
        return self._claim.replacement

    @property
    def entry(self) -> str:
        """The id of the entry; ids of others with the same replacement are in ``also``."""
        return self._claim.facts.id

    @property
    def rule(self) -> str:
        """Why the spelling belongs to the entry: listed, derived, profile or canonical."""
        return self._claim.rule

    @property
    def scheme(self) -> str | None:
        """The romanization system that yields the spelling, where the rule is ``derived``."""
        return self._claim.scheme

    @property
    def forms(self) -> tuple[str, ...]:
        """In what the text differs from the variant: case, separator, look-alike and so on."""
        return self._claim.forms

    @property
    def variant(self) -> str:
        """The spelling of the glossary that was found."""
        return self._claim.variant

    def __repr__(self) -> str:
        what = self.reason or self.action
        return (
            f"<Finding {self.start}:{self.end} {self.found!r} -> {self.replacement!r} "
            f"({self.entry}, {what})>"
        )

    def may_match_again(self, source: str) -> bool:
        """Tell whether what was written could be part of another match in the output."""
        claim = self._claim
        return (
            not claim.facts.stable
            or claim.short
            or source[self.end : self.end + 1].isalnum()
            or source[max(0, self.start - 1) : self.start].isalnum()
        )

    def to_dict(self, field: str | None = None) -> Record:
        """Return the finding as the log writes it."""
        claim = self._claim
        if self.action == "rewrite":
            return {
                "field": field,
                "start": self.start,
                "end": self.end,
                "out_start": self.out_start,
                "out_end": self.out_end,
                "found": self.found,
                "replacement": claim.replacement,
                "entry": claim.facts.id,
                "also": list(self.also),
                "rule": claim.rule,
                "scheme": claim.scheme,
                "forms": list(claim.forms),
                "variant": claim.variant,
            }
        return {
            "field": field,
            "start": self.start,
            "end": self.end,
            "found": self.found,
            "replacement": claim.replacement,
            "entry": claim.facts.id,
            "also": list(self.also),
            "rule": claim.rule,
            "scheme": claim.scheme,
            "forms": list(claim.forms),
            "variant": claim.variant,
            "action": self.action,
            "reason": self.reason,
        }


class Result:
    """A normalized text with all its findings, in the order of the text."""

    __slots__ = ("_settings", "findings", "source", "text")

    def __init__(
        self, source: str, text: str, findings: list[Finding], settings: dict[str, str]
    ) -> None:
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


def make_record(
    record_id: str, fields: list[tuple[str | None, Result]], settings: dict[str, str]
) -> Record:
    """Return the log record of a document made of one or several text fields.

    ``settings`` is a normalizer's ``settings``: glossary, profile, quotes, hashtags.
    """
    texts: list[Record] = []
    substitutions: list[Record] = []
    kept: list[Record] = []
    for field, result in fields:
        source = digest(result.source)
        output = source if result.text == result.source else digest(result.text)
        texts.append({"field": field, "source_sha256": source, "output_sha256": output})
        for finding in result.findings:
            (substitutions if finding.action == "rewrite" else kept).append(finding.to_dict(field))
    return {
        "log": 1,
        "id": record_id,
        "version": __version__,
        "glossary": settings["glossary"],
        "profile": settings["profile"],
        "settings": {"quotes": settings["quotes"], "hashtags": settings["hashtags"]},
        "encoding": "utf-8",
        "bom": False,
        "texts": texts,
        "substitutions": substitutions,
        "kept": kept,
    }


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, lone surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
