"""The Normalizer: text in; text, findings and record out.

It decides, rewrites, and then makes sure that its own output would be left as
it is: where a rewrite would match again it is only suggested (``unstable``),
and where a rewrite gave another match the context it lacked, that is rewritten
too. So normalizing twice is normalizing once, for every text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from normalizer.errors import UsageError
from normalizer.matching.compiled import Compiled, Hit
from normalizer.matching.matches import Match, Matcher
from normalizer.normalizing.deciding import CONDITIONAL, Decision, decide
from normalizer.normalizing.document import Document
from normalizer.normalizing.result import Finding, Result

QUOTES = ("rewrite", "suggest", "keep")
HASHTAGS = ("keep", "rewrite")
_MAX_ROUNDS = 6

Outcome = tuple[Match, Decision]


class CompiledNormalizer:
    """A normalizer over compiled tables; what ``Normalizer`` is once its glossary is compiled.

    Safe to share between threads and to pickle.
    """

    def __init__(
        self,
        compiled: Compiled,
        *,
        quotes: str | None = None,
        hashtags: str | None = None,
        engine: str = "auto",
    ) -> None:
        self._engine = engine
        self._quotes = _checked("quotes", quotes or compiled.meta["quotes"], QUOTES)
        self._hashtags = _checked("hashtags", hashtags or compiled.meta["hashtags"], HASHTAGS)
        self._matcher = Matcher(compiled, _engine(compiled, engine))
        self.settings = {
            "glossary": compiled.meta["glossary"],
            "profile": compiled.meta["profile"],
            "quotes": self._quotes,
            "hashtags": self._hashtags,
        }

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _restore, (self._matcher.compiled, self._quotes, self._hashtags, self._engine)

    def normalize(self, text: str, *, context: Iterable[str] = ()) -> Result:
        """Return the text in the glossary's spelling, with every finding.

        ``context`` holds the other text fields of the same record, which count
        as part of the document when it is asked what the document names.
        """
        matches = self._matcher.matches(text)
        if not matches:
            return Result(text, text, [], self.settings)
        outcomes = self._decide(text, context, matches)
        if not outcomes:
            return Result(text, text, [], self.settings)
        if _may_be_unstable(outcomes):
            outcomes = self._stabilize(text, context, outcomes)
        return _rewrite(text, outcomes, self.settings)

    def _decide(self, text: str, context: Iterable[str], matches: list[Match]) -> list[Outcome]:
        plain = [match for match in matches if not match.cut]
        document = Document(text, self._matcher, context, plain)
        outcomes = []
        for match in matches:
            decision = decide(match, document, quotes=self._quotes, hashtags=self._hashtags)
            if decision is not None:
                outcomes.append((match, decision))
        return outcomes

    def _stabilize(self, text: str, context: Iterable[str], outcomes: list[Outcome]) -> list[Outcome]:
        """Change decisions until the output would be left as it is."""
        demoted: set[int] = set()
        for _ in range(_MAX_ROUNDS):
            edits = [match for match, decision in outcomes if decision.action == "rewrite"]
            if not edits:
                return outcomes
            result = _rewrite(text, outcomes, self.settings)
            again = self._decide(result.text, context, self._matcher.matches(result.text))
            due = [match for match, decision in again if decision.action == "rewrite"]
            if not due:
                return outcomes
            outcomes = _settle(outcomes, result, due, demoted)
        return [_demote(outcome) for outcome in outcomes]


def _checked(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise UsageError(f'{name} is "{value}"; expected one of {", ".join(allowed)}')
    return value


def _restore(compiled: Compiled, quotes: str, hashtags: str, engine: str) -> CompiledNormalizer:
    return CompiledNormalizer(compiled, quotes=quotes, hashtags=hashtags, engine=engine)


def _engine(compiled: Compiled, engine: str) -> Callable[[str], list[Hit]]:
    """Return the search of the engine asked for; ``auto`` falls back to the reference."""
    if engine not in ("auto", "automaton", "reference"):
        raise UsageError(f'engine is "{engine}"; expected auto, automaton or reference')
    if engine != "reference" and (compiled.automaton or not compiled.keys):
        try:
            from normalizer.matching.automaton import AutomatonEngine

            return AutomatonEngine(compiled).find
        except ImportError:
            if engine == "automaton":
                raise
    from normalizer.matching.reference import ReferenceEngine

    return ReferenceEngine(compiled).find


def _may_be_unstable(outcomes: list[Outcome]) -> bool:
    rewrites = unstable = False
    for _, decision in outcomes:
        if decision.action == "rewrite":
            rewrites = True
            claim = decision.claim
            unstable = unstable or claim.short or not claim.facts.stable or bool(claim.facts.needs)
        elif decision.reason in CONDITIONAL:
            unstable = True
    return rewrites and unstable


def _settle(outcomes: list[Outcome], result: Result, due: list[Match], demoted: set[int]) -> list[Outcome]:
    """Demote the rewrites that match again; rewrite what they gave its context."""
    edits = result.substitutions
    starts = [finding.out_start or 0 for finding in edits]
    promote: set[int] = set()
    for match in due:
        touched = [
            f for f in edits if (f.out_start or 0) <= match.end and match.start <= (f.out_end or 0)
        ]
        if touched:
            demoted.update(finding.start for finding in touched)
            continue
        place = bisect_right(starts, match.start) - 1
        shift = edits[place].end - (edits[place].out_end or 0) if place >= 0 else 0
        promote.add(match.start + shift)
    kept = {match.start for match, decision in outcomes if decision.action != "rewrite"}
    if not promote <= kept - demoted:
        demoted.update(finding.start for finding in edits)
    changed = []
    for match, decision in outcomes:
        if match.start in demoted:
            changed.append(_demote((match, decision)))
        elif match.start in promote and not match.cut:
            changed.append((match, Decision("rewrite", None, decision.claim, decision.also)))
        else:
            changed.append((match, decision))
    return changed


def _demote(outcome: Outcome) -> Outcome:
    match, decision = outcome
    if decision.action != "rewrite":
        return outcome
    return match, Decision("suggest", "unstable", decision.claim, decision.also)


def _rewrite(text: str, outcomes: list[Outcome], settings: dict[str, str]) -> Result:
    """Apply the decisions; the text outside the spans of substitutions stays as it is."""
    pieces = []
    findings = []
    last = shift = 0
    for match, decision in outcomes:
        claim = decision.claim
        finding = Finding(
            start=match.start,
            end=match.end,
            found=text[match.start : match.end],
            replacement=claim.replacement,
            entry=claim.facts.id,
            also=decision.also,
            rule=claim.rule,
            scheme=claim.scheme,
            forms=claim.forms,
            variant=claim.variant,
            action=decision.action,
            reason=decision.reason,
        )
        if decision.action == "rewrite":
            pieces += (text[last : match.start], claim.replacement)
            last = match.end
            finding.out_start = match.start + shift
            finding.out_end = finding.out_start + len(claim.replacement)
            shift = finding.out_end - match.end
        findings.append(finding)
    pieces.append(text[last:])
    findings.sort(key=lambda finding: (finding.start, finding.end))
    return Result(text, "".join(pieces), findings, settings)
