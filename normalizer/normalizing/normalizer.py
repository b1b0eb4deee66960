"""The Normalizer: text in; text, findings and record out.

It decides, rewrites, and then makes sure that its own output would be left as
it is: where a rewrite would match again it is only suggested (``unstable``),
and where a rewrite gave another match the context it lacked, that is rewritten
too. So normalizing twice is normalizing once, for every text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from normalizer.errors import UsageError
from normalizer.matching.claims import Claim
from normalizer.matching.compiled import Compiled, Hit
from normalizer.matching.matches import Match, Matcher, in_line, resolve
from normalizer.matching.persons import Placed
from normalizer.normalizing.deciding import CONDITIONAL, decide
from normalizer.normalizing.document import Document
from normalizer.normalizing.quotations import MAX_TITLE_LENGTH, openings
from normalizer.normalizing.result import Finding, Result

QUOTES = ("rewrite", "suggest", "keep")
HASHTAGS = ("keep", "rewrite")
_MAX_ROUNDS = 6
_MIN_REACH = 150  # code points: how far beside a family name a given name is looked for

#: What becomes of a span: start, end, claim, action, reason, ids of others that agree.
Outcome = tuple[int, int, Claim, str, str | None, tuple[str, ...]]


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
        self._reach = max(int(compiled.meta["reach"]), _MIN_REACH)
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
        placed, backwards = self._matcher.place(text)
        if not placed and not backwards:
            return Result(text, text, [], self.settings)
        context = tuple(context)
        outcomes = self._decide(text, context, placed, backwards)
        if not outcomes:
            return Result(text, text, [], self.settings)
        result = _rewrite(text, outcomes, self.settings)
        if result.text == text or self._is_settled(result):
            return result
        return _rewrite(text, self._stabilize(text, context, outcomes), self.settings)

    def _decide(
        self, text: str, context: tuple[str, ...], placed: list[Placed], backwards: list[Placed]
    ) -> list[Outcome]:
        """Return what becomes of each match that is not already canonical, in order."""
        line = in_line(placed) if not backwards else None
        if line is None:
            matches = resolve(placed, backwards)
            document = self._document(text, context, matches)
            outcomes = [self._outcome(match, document) for match in matches]
            return sorted(filter(None, outcomes), key=_span)
        return self._decide_line(text, context, line)

    def _decide_line(
        self, text: str, context: tuple[str, ...], line: list[Placed]
    ) -> list[Outcome]:
        """Return what becomes of matches that each have one claim and do not overlap."""
        outcomes: list[Outcome] = []
        matches: list[Match] = []
        document = None
        for i, is_plain in enumerate(self._plain_places(text, line)):
            start, end, claim = line[i]
            if is_plain:
                outcomes.append((start, end, claim, "rewrite", None, ()))
            elif claim.changes:
                if document is None:
                    matches = [Match(low, high, [c]) for low, high, c in line]
                    document = self._document(text, context, matches)
                outcome = self._outcome(matches[i], document)
                if outcome is not None:
                    outcomes.append(outcome)
        return outcomes

    def _document(self, text: str, context: tuple[str, ...], matches: list[Match]) -> Document:
        return Document(text, self._matcher, context, [match for match in matches if not match.cut])

    def _outcome(self, match: Match, document: Document) -> Outcome | None:
        made = decide(match, document, quotes=self._quotes, hashtags=self._hashtags)
        if made is None:
            return None
        return match.start, match.end, made.claim, made.action, made.reason, made.also

    def _plain_places(self, text: str, placed: list[Placed]) -> list[bool]:
        """Tell for each claim whether it is a rewrite in plain prose, where nothing is to decide.

        This says the same as ``decide``, only sooner: no quotation can hold the
        span, no other spelling stands beside it, blanks or a stop are around it.
        """
        if self._quotes != "rewrite" or "`" in text or "<!--" in text:
            return [False] * len(placed)
        opens: list[int] | None = None
        plain = []
        before: Claim | None = None
        last = len(placed) - 1
        for i, (start, end, claim) in enumerate(placed):
            if claim.plain and _is_plain_place(text, start, end):
                if opens is None:
                    opens = openings(text)
                beside = placed[i + 1][2] if i < last else None
                plain.append(
                    not (opens and _is_near(opens, start))
                    and (before is None or before.facts is not claim.facts)
                    and (beside is None or beside.facts is not claim.facts)
                )
            else:
                plain.append(False)
            before = claim
        return plain

    def _is_settled(self, result: Result) -> bool:
        """Tell whether nothing that was written, or was kept in its context, could match again."""
        for finding in result.findings:
            if finding.action != "rewrite":
                if finding.reason in CONDITIONAL:
                    return False
            elif finding.may_match_again(result.source) and self._matches_again(result.text, finding):
                return False
        return True

    def _matches_again(self, text: str, finding: Finding) -> bool:
        """Tell whether a changing match holds or borders on what was written at a place."""
        assert finding.out_start is not None
        assert finding.out_end is not None
        low = max(0, finding.out_start - self._reach)
        placed, backwards = self._matcher.place(text[low : finding.out_end + self._reach])
        start, end = finding.out_start - low, finding.out_end - low
        exact = False
        for first, last, claim in placed + backwards:
            if first <= end and start <= last:
                if claim.changes:
                    return True
                exact = exact or (first <= start and end <= last)
        return not exact

    def _stabilize(
        self, text: str, context: tuple[str, ...], outcomes: list[Outcome]
    ) -> list[Outcome]:
        """Change decisions until the output would be left as it is."""
        demoted: set[int] = set()
        for _ in range(_MAX_ROUNDS):
            result = _rewrite(text, outcomes, self.settings)
            edits = result.substitutions
            if not edits:
                return outcomes
            again = self._decide(result.text, context, *self._matcher.place(result.text))
            promoted: set[int] = set()
            for outcome in again:
                if outcome[3] != "rewrite" and not _is_chained(outcome, edits):
                    continue
                touched = [f.start for f in edits if _touches(outcome, f)]
                if touched:
                    demoted.update(touched)
                else:
                    promoted.add(_source_offset(outcome[0], edits))
            promoted -= demoted
            if not promoted and not any(f.start in demoted for f in edits):
                return outcomes
            if not promoted <= {outcome[0] for outcome in outcomes if outcome[3] != "rewrite"}:
                break
            outcomes = [_change(outcome, demoted, promoted) for outcome in outcomes]
        return [_change(outcome, {outcome[0]}, set()) for outcome in outcomes]


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
        raise UsageError("this glossary was compiled without daachorse; install it, compile again")
    if engine != "reference" and compiled.automaton:
        from normalizer.matching.automaton import AutomatonEngine

        return AutomatonEngine(compiled).find
    from normalizer.matching.reference import ReferenceEngine

    return ReferenceEngine(compiled).find


def _span(outcome: Outcome) -> tuple[int, int]:
    return outcome[0], outcome[1]


_STOPS = frozenset(",.;:!?")


def _is_plain_place(text: str, start: int, end: int) -> bool:
    """Tell whether white space is before a span, and after it, perhaps behind a stop.

    Such a place is part of no address, path or compound, and no ``[sic]`` follows.
    """
    if start and not text[start - 1].isspace():
        return False
    follower = text[end : end + 2]
    if not follower:
        return True
    if follower[0].isspace():
        return follower[1:] not in ("[", "(")
    return follower[0] in _STOPS and not follower[1:].strip()


def _is_near(opens: list[int], start: int) -> bool:
    """Tell whether a quotation may have opened so close before that it could be a title."""
    i = bisect_left(opens, start)
    return i > 0 and start - opens[i - 1] <= MAX_TITLE_LENGTH + 1


def _touches(outcome: Outcome, edit: Finding) -> bool:
    """Tell whether a match in the output overlaps or borders on what was written there."""
    assert edit.out_start is not None
    assert edit.out_end is not None
    return edit.out_start <= outcome[1] and outcome[0] <= edit.out_end


def _is_chained(outcome: Outcome, edits: list[Finding]) -> bool:
    """Tell whether what was just written is itself a spelling of something else."""
    return outcome[4] == "ambiguous" and any(
        f.out_start == outcome[0] and f.out_end == outcome[1] for f in edits
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
    start, end, claim, action, reason, also = outcome
    if start in demoted and action == "rewrite":
        return start, end, claim, "suggest", "unstable", also
    if start in promoted and reason != "overlap":
        return start, end, claim, "rewrite", None, also
    return outcome


def _rewrite(text: str, outcomes: list[Outcome], settings: dict[str, str]) -> Result:
    """Apply the decisions; the text outside the spans of substitutions stays as it is."""
    pieces: list[str] = []
    findings: list[Finding] = []
    last = shift = 0
    for start, end, claim, action, reason, also in outcomes:
        found = text[start:end]
        if action == "rewrite":
            replacement = claim.replacement
            pieces += (text[last:start], replacement)
            last = end
            low = start + shift
            high = low + len(replacement)
            shift = high - end
            findings.append(Finding(start, end, found, claim, action, reason, also, low, high))
        else:
            findings.append(Finding(start, end, found, claim, action, reason, also, None, None))
    pieces.append(text[last:])
    return Result(text, "".join(pieces), findings, settings)
