"""What normalizing gives back: the text, the findings, and the record for the log."""

from __future__ import annotations

import hashlib

from normalizer._version import __version__
from normalizer.matching.claims import Claim

Record = dict[str, object]


#: What becomes of a span: start, end, claim, action, reason, ids of others that agree.
Outcome = tuple[int, int, Claim, str, str | None, tuple[str, ...]]


class Finding:
    """A match that was rewritten, suggested, or kept for a reason.

    ``start`` and ``end`` are half-open code points of the text as given;
    ``out_start`` and ``out_end`` of the output, None where nothing was rewritten.
    ``action`` is ``rewrite``, ``suggest`` or ``keep``; ``reason`` is None for a rewrite.
    """

    __slots__ = (
        "_claim",
        "action",
        "also",
        "end",
        "found",
        "out_end",
        "out_start",
        "reason",
        "start",
    )

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

    def to_dict(self, field: str | None = None) -> Record:
        """Return the finding as the log writes it."""
        outcome = (self.start, self.end, self._claim, self.action, self.reason, self.also)
        return _item(field, self.found, outcome, self.out_start)


class Result:
    """A normalized text with all its findings, in the order of the text."""

    __slots__ = ("_findings", "_settings", "outcomes", "source", "text")

    def __init__(self, source: str, outcomes: list[Outcome], settings: dict[str, str]) -> None:
        self.source = source
        self.outcomes = outcomes
        self.text = _rewrite(source, outcomes) if outcomes else source
        self._settings = settings
        self._findings: list[Finding] | None = None

    @property
    def findings(self) -> list[Finding]:
        """All findings: rewritten, suggested and kept."""
        if self._findings is None:
            self._findings = _findings(self.source, self.outcomes)
        return self._findings

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


def _rewrite(text: str, outcomes: list[Outcome]) -> str:
    """Apply the decisions; the text outside the spans of substitutions stays as it is."""
    pieces: list[str] = []
    last = 0
    for start, end, claim, action, _, _ in outcomes:
        if action == "rewrite":
            pieces += (text[last:start], claim.replacement)
            last = end
    pieces.append(text[last:])
    return "".join(pieces)


def _findings(text: str, outcomes: list[Outcome]) -> list[Finding]:
    findings = []
    shift = 0
    for start, end, claim, action, reason, also in outcomes:
        low = high = None
        if action == "rewrite":
            low = start + shift
            high = low + len(claim.replacement)
            shift = high - end
        found = text[start:end]
        findings.append(Finding(start, end, found, claim, action, reason, also, low, high))
    return findings


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
        shift = 0
        for outcome in result.outcomes:
            found = result.source[outcome[0] : outcome[1]]
            if outcome[3] == "rewrite":
                substitutions.append(_item(field, found, outcome, outcome[0] + shift))
                shift += len(outcome[2].replacement) - len(found)
            else:
                kept.append(_item(field, found, outcome, None))
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


def _item(field: str | None, found: str, outcome: Outcome, out_start: int | None) -> Record:
    """Return a finding as the log writes it, its keys in the order of the log."""
    start, end, claim, action, reason, also = outcome
    if out_start is not None:
        return {
            "field": field,
            "start": start,
            "end": end,
            "out_start": out_start,
            "out_end": out_start + len(claim.replacement),
            "found": found,
            "replacement": claim.replacement,
            "entry": claim.facts.id,
            "also": [*also],
            "rule": claim.rule,
            "scheme": claim.scheme,
            "forms": [*claim.forms],
            "variant": claim.variant,
        }
    return {
        "field": field,
        "start": start,
        "end": end,
        "found": found,
        "replacement": claim.replacement,
        "entry": claim.facts.id,
        "also": list(also),
        "rule": claim.rule,
        "scheme": claim.scheme,
        "forms": list(claim.forms),
        "variant": claim.variant,
        "action": action,
        "reason": reason,
    }


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, lone surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
