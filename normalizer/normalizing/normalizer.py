"""The Normalizer: text in; text, findings and record out.

It decides, rewrites, and then makes sure that its own output would be left as
it is: where a rewrite would match again it is only suggested (``unstable``),
and where a rewrite gave another match the context it lacked, that is rewritten
too. So normalizing twice is normalizing once, for every text.
"""

from __future__ import annotations

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
            result = _rewrite(text, outcomes, self.settings)
            edits = result.substitutions
            if not edits:
                return outcomes
            again = self._decide(result.text, context, self._matcher.matches(result.text))
            due = [m for m, d in again if d.action == "rewrite" or _is_chained(m, d, edits)]
            promoted: set[int] = set()
            for match in due:
                touched = [f.start for f in edits if _touches(match, f)]
                if touched:
                    demoted.update(touched)
                else:
                    promoted.add(_source_offset(match.start, edits))
            promoted -= demoted
            if not promoted and not any(f.start in demoted for f in edits):
                return outcomes
            if not promoted <= {match.start for match, d in outcomes if d.action != "rewrite"}:
                break
            outcomes = [_change(outcome, demoted, promoted) for outcome in outcomes]
        return [_change(outcome, {outcome[0].start}, set()) for outcome in outcomes]


def _checked(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise UsageError(f'{name} is "{value}"; expected one of {", ".join(allowed)}')
    return value


def _restore(compiled: Compiled, quotes: str, hashtags: str, engine: str) -> CompiledNormalizer:
    return CompiledNormalizer(compiled, quotes=quotes, hashtags=hashtags, engine=engine)


def _engine(compiled: Compiled, engine: str) -> Callable[[str], list[Hit]]:
    """Return the search of the engine asked for; ``auto`` falls back to the reference.

    The tables hold no automaton where daachorse could not be imported: a browser.
    """
    if engine not in ("auto", "automaton", "reference"):
        raise UsageError(f'engine is "{engine}"; expected auto, automaton or reference')
    if engine == "automaton" and compiled.keys and not compiled.automaton:
        raise UsageError("this glossary was compiled without daachorse; install it and compile again")
    if engine != "reference" and compiled.automaton:
        from normalizer.matching.automaton import AutomatonEngine

        return AutomatonEngine(compiled).find
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


def _touches(match: Match, edit: Finding) -> bool:
    """Tell whether a match in the output overlaps or borders on what was written there."""
    assert edit.out_start is not None and edit.out_end is not None
    return edit.out_start <= match.end and match.start <= edit.out_end


def _is_chained(match: Match, decision: Decision, edits: list[Finding]) -> bool:
    """Tell whether what was just written is itself a spelling of something else."""
    return decision.reason == "ambiguous" and any(
        f.out_start == match.start and f.out_end == match.end for f in edits
    )


def _source_offset(position: int, edits: list[Finding]) -> int:
    """Return the offset in the source of a place in the output outside all edits."""
    shift = 0
    for edit in edits:
        assert edit.out_end is not None
        if edit.out_end > position:
            break
        shift = edit.end - edit.out_end
    return position + shift


def _change(outcome: Outcome, demoted: set[int], promoted: set[int]) -> Outcome:
    match, decision = outcome
    if match.start in demoted and decision.action == "rewrite":
        return match, Decision("suggest", "unstable", decision.claim, decision.also)
    if match.start in promoted and not match.cut:
        return match, Decision("rewrite", None, decision.claim, decision.also)
    return outcome


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
