"""The Normalizer: text in; text, findings and record out.

It decides, rewrites, and then makes sure that its own output would be left as
it is: where a rewrite would match again it is only suggested (``unstable``),
and where a rewrite gave another match the context it lacked, that is rewritten
too. So normalizing twice is normalizing once, for every text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise

from normalizer.errors import UsageError
from normalizer.matching.claims import has_small, is_latin
from normalizer.matching.compiled import Compiled, Hit
from normalizer.matching.matches import Match, Matcher, resolve
from normalizer.matching.persons import Placed
from normalizer.normalizing.deciding import CONDITIONAL, decide
from normalizer.normalizing.document import Document, is_ship
from normalizer.normalizing.quotations import Quotations, is_title
from normalizer.normalizing.result import Finding, Outcome, Result
from normalizer.text.characters import APOSTROPHES

QUOTES = ("rewrite", "suggest", "keep")
HASHTAGS = ("keep", "rewrite")
_MAX_ROUNDS = 6
_MIN_REACH = 150  # code points: how far beside a family name a given name is looked for


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

    @property
    def compiled(self) -> Compiled:
        """The compiled tables."""
        return self._matcher.compiled

    def normalize(self, text: str, *, context: Iterable[str] = ()) -> Result:
        """Return the text in the glossary's spelling, with every finding.

        ``context`` holds the other text fields of the same record, which count
        as part of the document when it is asked what the document names.
        """
        context = tuple(context)
        result, certain = self._step(text, context)
        if certain or self._leads_to_rest(result.text, context):
            return result
        return Result(text, _all_demoted(result.outcomes), self.settings)

    def _step(self, text: str, context: tuple[str, ...]) -> tuple[Result, bool]:
        """Return what becomes of a text, and whether it is certain to stay so."""
        outcomes, settled = self._decide(text, context)
        result = Result(text, outcomes, self.settings)
        if settled or result.text == text or self._is_settled(result):
            return result, True
        outcomes, settled = self._stabilize(text, context, outcomes)
        result = Result(text, outcomes, self.settings)
        return result, settled or result.text == text

    def _leads_to_rest(self, text: str, context: tuple[str, ...]) -> bool:
        """Tell whether an output would be left as it is.

        If it would change in turn, and what it becomes would not, then it is no
        output; if that would change as well, it is left, and so on. What never
        comes to rest is no output either.
        """
        for steps in range(_MAX_ROUNDS):
            result, certain = self._step(text, context)
            if result.text == text:
                return steps % 2 == 0
            text = result.text
            if certain:
                return steps % 2 == 1
        return False

    def _decide(self, text: str, context: tuple[str, ...]) -> tuple[list[Outcome], bool]:
        """Return what becomes of each match that is not already canonical, in order.

        Also whether it is certain that the output would be left as it is.
        """
        hits = self._matcher.find(text)
        if not hits:
            return [], True
        line = self._matcher.line(text, hits)
        if line is not None:
            return self._decide_line(text, context, line)
        matches = resolve(*self._matcher.place(text, hits))
        placed = [(m.start, m.end, c) for m in matches if not m.cut for c in m.claims]
        document = Document(text, self._matcher, context, placed)
        outcomes = [self._outcome(match, document) for match in matches]
        return sorted(filter(None, outcomes), key=_span), False

    def _decide_line(
        self, text: str, context: tuple[str, ...], line: list[Placed]
    ) -> tuple[list[Outcome], bool]:
        """Return what becomes of matches that each have one claim and do not overlap.

        In plain prose nothing is to decide: blanks or a stop are around the
        span, it is in no title, no other spelling stands beside it. The
        rest is for ``decide``, which would say the same of these.
        """
        outcomes: list[Outcome] = []
        settled = True
        plain_text = self._quotes == "rewrite" and "`" not in text and "<!--" not in text
        may_be_mentions = True in [a[2].facts is b[2].facts for a, b in pairwise(line)]
        quotations: Quotations | None = None
        document: Document | None = None
        for i, (start, end, claim) in enumerate(line):
            if not claim.changes:
                continue
            if (
                plain_text
                and claim.plain
                and (
                    text[start - 1 : start] + text[end : end + 2] in _PLAIN
                    or _is_plain_place(text, start, end)
                )
                and not (may_be_mentions and _may_be_mention(line, i))
                and not (claim.facts.kind == "place" and is_ship(text, start))
            ):
                if quotations is None:
                    quotations = Quotations(text)
                    edges = quotations.edges
                if not edges or not (
                    bisect_right(edges, start) & 1 and _is_in_title(text, start, end, quotations)
                ):
                    outcomes.append((start, end, claim, "rewrite", None, ()))
                    settled = settled and claim.steady
                    continue
            if document is None:
                document = Document(text, self._matcher, context, line, quotations)
            outcome = self._outcome(_linked(line, i), document)
            if outcome is not None:
                outcomes.append(outcome)
                reason = outcome[4]
                settled = settled and (
                    claim.steady if reason is None else reason not in CONDITIONAL
                )
        return outcomes, settled

    def _outcome(self, match: Match, document: Document) -> Outcome | None:
        made = decide(match, document, quotes=self._quotes, hashtags=self._hashtags)
        if made is None:
            return None
        return match.start, match.end, made.claim, made.action, made.reason, made.also

    def _is_settled(self, result: Result) -> bool:
        """Tell whether nothing that was written, or was kept in its context, could match again."""
        shift = 0
        for start, end, claim, action, reason, _ in result.outcomes:
            if action != "rewrite":
                if reason in CONDITIONAL:
                    return False
                continue
            low = start + shift
            high = low + len(claim.replacement)
            shift = high - end
            found = result.source[start:end]
            if has_small(found) != has_small(claim.replacement) or not is_latin(found):
                return False  # a line in capitals, or a text in Cyrillic, may be one no more
            if (not claim.steady or _is_joined(result.source, start, end)) and self._matches_again(
                result.text, low, high
            ):
                return False
        return True

    def _matches_again(self, text: str, start: int, end: int) -> bool:
        """Tell whether another match holds or borders on what was written at a place."""
        first = max(0, start - self._reach)
        window = text[first : end + self._reach]
        placed, backwards = self._matcher.place(window, self._matcher.find(window))
        exact = False
        for low, high, claim in placed + backwards:
            if low + first <= end and start <= high + first:
                if claim.changes or low + first < start or end < high + first:
                    return True
                exact = exact or (low + first <= start and end <= high + first)
        return not exact

    def _stabilize(
        self, text: str, context: tuple[str, ...], outcomes: list[Outcome]
    ) -> tuple[list[Outcome], bool]:
        """Change decisions until the output has no more to say; tell whether it has nothing."""
        demoted: set[int] = set()
        for _ in range(_MAX_ROUNDS):
            result = Result(text, outcomes, self.settings)
            edits = result.substitutions
            if not edits:
                return outcomes, True
            promoted: set[int] = set()
            silent = True
            for outcome in self._decide(result.text, context)[0]:
                if outcome[3] != "rewrite" and not _is_chained(outcome, edits):
                    continue
                silent = False
                touched = [f.start for f in edits if _touches(outcome, f)]
                if touched:
                    demoted.update(touched)
                else:
                    promoted.add(_source_offset(outcome[0], edits))
            promoted -= demoted
            if not promoted and not any(f.start in demoted for f in edits):
                return outcomes, silent
            if not promoted <= {outcome[0] for outcome in outcomes if outcome[3] != "rewrite"}:
                break
            outcomes = [_change(outcome, demoted, promoted) for outcome in outcomes]
        return _all_demoted(outcomes), True


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


def _may_be_mention(line: list[Placed], i: int) -> bool:
    """Tell whether another spelling of the same entry is the next or the last before."""
    claim = line[i][2]
    beside = line[max(i - 1, 0) : i] + line[i + 1 : i + 2]
    return any(c.facts is claim.facts and c.variant != claim.variant for _, _, c in beside)


def _is_in_title(text: str, start: int, end: int, quotations: Quotations) -> bool:
    around = quotations.around(start, end)
    return any(is_title(text, quotation, start, end) for quotation in around)


def _linked(line: list[Placed], i: int) -> Match:
    """Return the match at a place of a line, with the neighbours of the same entry."""
    start, end, claim = line[i]
    match = Match(start, end, [claim])
    if i and line[i - 1][2].facts is claim.facts:
        low, high, other = line[i - 1]
        match.earlier = Match(low, high, [other])
    if i + 1 < len(line) and line[i + 1][2].facts is claim.facts:
        low, high, other = line[i + 1]
        match.later = Match(low, high, [other])
    return match


def _span(outcome: Outcome) -> tuple[int, int]:
    return outcome[0], outcome[1]


_STOPS = frozenset(",.;:!?")
_POSSESSIVES = frozenset(apostrophe + "s" for apostrophe in APOSTROPHES)
_OPEN_BRACKETS = frozenset("[(")
#: The most common surroundings of a plain place: a character before, two after.
_PLAIN = frozenset(
    before + after
    for before in " \n"
    for after in (
        [
            " " + letter
            for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        ]
        + [stop + space for stop in ",.;:" for space in " \n"]
    )
)


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
        return not follower[1:].isspace() and follower[1:] not in _OPEN_BRACKETS
    if follower in _POSSESSIVES:
        return not text[end + 2 : end + 3].strip()
    return follower[0] in _STOPS and not follower[1:].strip()


def _is_joined(text: str, start: int, end: int) -> bool:
    """Tell whether a word touches a span, as in scripts without spaces: they may merge."""
    return text[end : end + 1].isalnum() or text[max(0, start - 1) : start].isalnum()


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


def _all_demoted(outcomes: list[Outcome]) -> list[Outcome]:
    return [_change(outcome, {outcome[0]}, set()) for outcome in outcomes]


def _change(outcome: Outcome, demoted: set[int], promoted: set[int]) -> Outcome:
    start, end, claim, action, reason, also = outcome
    if start in demoted and action == "rewrite":
        return start, end, claim, "suggest", "unstable", also
    if start in promoted and reason != "overlap":
        return start, end, claim, "rewrite", None, also
    return outcome
