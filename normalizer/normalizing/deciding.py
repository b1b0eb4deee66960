"""Deciding what becomes of a match: one function, the first reason that applies.

The order is the contract's: off or guard, sic, unless, mention, quotation or
title, needs, short, ambiguous, lower-case and other doubts, and else rewrite.
Nothing else in the package decides.
"""

from __future__ import annotations

from normalizer.matching.claims import Claim
from normalizer.matching.matches import Match
from normalizer.normalizing.document import (
    Document,
    breaks_article,
    is_compound,
    is_ship,
    stands_alone,
)
from normalizer.normalizing.guards import guard
from normalizer.normalizing.quotations import is_title

#: The closed list of reasons, in the order in which they are looked for.
REASONS = (
    "off", "url", "email", "handle", "hashtag", "path", "code", "sic", "unless", "mention",
    "quotation", "title", "needs", "short", "ambiguous", "lower-case", "derived", "listed-suggest",
    "similar", "split", "overlap", "unstable",
)  # fmt: skip

#: Reasons that depend on other words of the text, which a rewrite may have changed.
CONDITIONAL = frozenset(
    ("unless", "mention", "quotation", "title", "needs", "short", "ambiguous", "overlap")
)


class Decision:
    """What becomes of a match: ``action``, ``reason`` (None for rewrite), and whose claim won."""

    __slots__ = ("action", "also", "claim", "reason")

    def __init__(
        self, action: str, reason: str | None, claim: Claim, also: tuple[str, ...] = ()
    ) -> None:
        self.action = action
        self.reason = reason
        self.claim = claim
        self.also = also


def decide(match: Match, document: Document, *, quotes: str, hashtags: str) -> Decision | None:
    """Return the decision on a match; None where the text already is as it should be."""
    claims = match.claims
    if any(c.short for c in claims):
        claims = _without_chance(claims, document)
        if not claims:
            return None
    if len(claims) == 1 and not match.cut:
        return _decide_one(match, document, claims[0], quotes=quotes, hashtags=hashtags)
    if not any(c.changes for c in claims):
        return None
    if match.cut:
        return Decision("suggest", "overlap", _first_change(claims))
    reason = _untouchable(match, document, hashtags)
    if reason is not None:
        return Decision("keep", reason, _first_change(claims))
    open_claims = [c for c in claims if not document.excepts(c, match.start, match.end)]
    if not any(c.changes for c in open_claims):
        return Decision("keep", "unless", _first_change(claims))
    for c in open_claims:
        if document.is_mention(match, c):
            return Decision("keep", "mention", _first_change(open_claims))
    quoted = _quoted(match, document, open_claims, quotes)
    if quoted is not None:
        return Decision(*quoted, _first_change(open_claims))
    return _decide_owner(match, document, open_claims)


def _decide_one(
    match: Match, document: Document, claim: Claim, *, quotes: str, hashtags: str
) -> Decision | None:
    """Decide a match with one claim, in the same order as ``decide``."""
    if not claim.changes:
        return None
    reason = _untouchable(match, document, hashtags)
    if reason is None and claim.facts.unless and document.excepts(claim, match.start, match.end):
        reason = "unless"
    if reason is None and document.is_mention(match, claim):
        reason = "mention"
    if reason is not None:
        return Decision("keep", reason, claim)
    quoted = _quoted(match, document, [claim], quotes)
    if quoted is not None:
        return Decision(*quoted, claim)
    if not document.meets_needs(claim, match.start, match.end):
        return Decision("suggest", "needs", claim)
    if claim.short and not _is_in_context(match, document, claim):
        return Decision("suggest", "short", claim)
    doubt = claim.doubt or _misfit(match, document, claim)
    if doubt is not None:
        return Decision("suggest", doubt, claim)
    return Decision("rewrite", None, claim)


def _untouchable(match: Match, document: Document, hashtags: str) -> str | None:
    if document.is_off(match.start, match.end):
        return "off"
    reason = guard(document.text, match.start, match.end)
    if reason is not None and not (reason == "hashtag" and hashtags == "rewrite"):
        return reason
    if document.is_code(match.start, match.end):
        return "code"
    return "sic" if document.has_sic(match.end) else None


def _quoted(
    match: Match, document: Document, claims: list[Claim], quotes: str
) -> tuple[str, str] | None:
    around = document.quotations_around(match.start, match.end)
    if not around:
        return None
    if quotes == "keep":
        return "keep", "quotation"
    if quotes == "suggest" or any(claim.rename for claim in claims):
        return "suggest", "quotation"
    if any(is_title(document.text, q, match.start, match.end) for q in around):
        return "suggest", "title"
    return None


def _decide_owner(match: Match, document: Document, claims: list[Claim]) -> Decision | None:
    """Choose among the entries that claim a span, by needs and by context."""
    fit = [c for c in claims if document.meets_needs(c, match.start, match.end)]
    if not fit:
        return Decision("suggest", "needs", _first_change(claims))
    if not any(c.changes for c in fit):
        return None
    sure = [c for c in fit if not c.short or _is_in_context(match, document, c)]
    if not any(c.changes for c in sure):
        return Decision("suggest", "short", _first_change(fit))
    first = sure[0]
    if any(c.replacement != first.replacement for c in sure):
        return Decision("suggest", "ambiguous", _first_change(sure))
    best = min(sure, key=lambda c: c.doubt is not None)
    also = tuple(c.facts.id for c in sure if c is not best)
    doubt = best.doubt or _misfit(match, document, best)
    if doubt is not None:
        return Decision("suggest", doubt, best, also)
    return Decision("rewrite", None, best, also)


def _without_chance(claims: list[Claim], document: Document) -> list[Claim]:
    """Leave out surnames alone that mean nothing here.

    Those are derived ones, and those that are also the whole name of something
    else, of people whom the document does not name in full.
    """
    whole = any(not c.short for c in claims)
    return [
        c
        for c in claims
        if not (c.short and (whole or c.rule == "derived")) or document.names_in_full(c)
    ]


def _misfit(match: Match, document: Document, claim: Claim) -> str | None:
    """Return the doubt where the words beside a span do not fit the replacement.

    A person's name goes on behind a hyphen (Dmitri Peskov-Smith), or an article
    before it would be wrong (an X-101, but a Kh-101), or a ship has a place's name.
    """
    if claim.facts.parts and is_compound(document.text, match.end):
        return "ambiguous"
    if claim.article is not None and breaks_article(document.text, match.start, claim.article):
        return "ambiguous"
    if claim.facts.kind == "place" and is_ship(document.text, match.start):
        return "ambiguous"
    return None


def _is_in_context(match: Match, document: Document, claim: Claim) -> bool:
    return (
        claim.facts.short == "in-context"
        and document.names_in_full(claim)
        and stands_alone(document.text, match, claim)
        and not document.names_stranger(claim)
    )


def _first_change(claims: list[Claim]) -> Claim:
    return next(claim for claim in claims if claim.changes)
