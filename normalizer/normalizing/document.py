"""A document: a text with its matches, and what deciding asks of the whole of it.

Everything is worked out when first asked for; most documents ask for little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from normalizer.matching.claims import Claim
from normalizer.matching.matches import Match, Matcher
from normalizer.matching.persons import Placed
from normalizer.normalizing import guards
from normalizer.normalizing.phrases import phrases_pattern, possible, reach_of
from normalizer.normalizing.quotations import Quotation, Quotations
from normalizer.text.characters import HYPHENS, count_line_breaks
from normalizer.text.tokens import Span, after, before, joined_before

_SIC = re.compile(r"[\s\"'\u2019\u201d\u00bb]{0,3}[\[(]sic\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)([Aa]n?)[^\S\n\r]+\Z")
_SENTENCE_END = re.compile(r"(?:^|[.!?\u2026:;]|[\r\n])[\s\"'\u2018\u201c\u00ab(\[]*\Z")
_GAP_WORDS = frozenset(
    (
        "or also formerly previously now then aka a k once as in spelled spelt written rendered "
        "known called transliterated english russian ukrainian belarusian bulgarian serbian "
        "macedonian korean persian farsi arabic hebrew georgian french german spanish italian "
        "polish czech dutch turkish chinese japanese latin cyrillic "
        # beyond the contract's list: other ways of talking about two spellings
        "still the name names spelling spellings not instead of to from rather than pronounced for"
    ).split()
)
_GAP_MARKS = frozenset(
    " \t\n\r\u00a0()[]{}\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb,/:\u2013\u2014"
)
_MAX_GAP_TOKENS = 6
#: Words before a name that make it a ship's, which keeps its own spelling.
_SHIPS = (
    *"ship carrier submarine cruiser destroyer frigate corvette icebreaker minesweeper".split(),
    *"tanker trawler vessel yacht boat ships carriers submarines cruisers destroyers".split(),
    *"frigates corvettes icebreakers minesweepers tankers vessels boats USS HMS".split(),
)
_FUNCTION_WORDS = frozenset(
    (
        "a after although and as at because before but by despite during even for from how "
        "however if in like meanwhile nor not of on once only or since so still than that the "
        "then though through to under unless until upon what when where whether which while who "
        "whom why with without yet"
    ).split()
)
_TITLES = frozenset(
    (
        "acting academician adm admiral adviser advisor ambassador archbishop brigadier capt "
        "captain chairman chairwoman chancellor chief col colonel comrade commander commissioner "
        "congressman corporal deputy director doctor dr envoy first foreign defence defense gen "
        "general governor gov head interior judge justice king lady leader lieutenant lt maj "
        "major marshal mayor minister miss mr mrs ms patriarch pope premier president prime "
        "prince princess prof professor queen rear rep representative secretary sen senator "
        "sergeant sgt sir speaker spokesman spokesperson spokeswoman supreme vice warden"
    ).split()
)


class Document:
    """One text under decision.

    ``context`` holds the other text fields of its record, ``placed`` all claims
    to the text that are no part of a longer match.
    """

    def __init__(
        self,
        text: str,
        matcher: Matcher,
        context: Iterable[str],
        placed: list[Placed],
        quotations: Quotations | None = None,
    ) -> None:
        self.text = text
        self._placed = placed
        self._matcher = matcher
        self._context = tuple(context)
        self._context_matches: list[list[Match]] | None = None
        self._code: list[Span] | None = None
        self._off = guards.switched_off(text)
        self._quotations = quotations
        self._matches: list[Match] | None = None
        self._full: set[int] | None = None
        self._strangers: dict[int, bool] = {}
        self._lowered: list[str] | None = None
        self._needs: dict[int, list[Span] | bool] = {}

    @property
    def matches(self) -> list[Match]:
        """The matches of the text, each with its neighbours."""
        if self._matches is None:
            self._matches = [Match(start, end, [claim]) for start, end, claim in self._placed]
        return self._matches

    def is_off(self, start: int, end: int) -> bool:
        """Tell whether a span is inside a switched-off region."""
        return guards.touches(self._off, start, end)

    def is_code(self, start: int, end: int) -> bool:
        """Tell whether a span stands between two backticks of its line."""
        if self._code is None:
            self._code = guards.code_spans(self.text)
        return guards.touches(self._code, start, end)

    def has_sic(self, end: int) -> bool:
        """Tell whether ``[sic]`` follows a span."""
        return _SIC.match(self.text, end) is not None

    def quotations_around(self, start: int, end: int) -> list[Quotation]:
        """Return the quotations that hold a span."""
        if self._quotations is None:
            self._quotations = Quotations(self.text)
        return self._quotations.around(start, end)

    def excepts(self, claim: Claim, start: int, end: int) -> bool:
        """Tell whether a phrase of the entry's ``unless`` holds or overlaps a span."""
        unless = claim.facts.unless
        if not unless:
            return False
        reach = reach_of(unless)
        low, high = max(0, start - reach), end + reach
        phrases = possible(unless, self.text[low:high].lower())
        if not phrases:
            return False
        found = phrases_pattern(phrases).finditer(self.text, low, high)
        return any(m.start() < end and start < m.end() for m in found)

    def meets_needs(self, claim: Claim, start: int, end: int) -> bool:
        """Tell whether one of the entry's ``needs`` stands elsewhere in the document."""
        needs = claim.facts.needs
        if not needs:
            return True
        found = self._needs.get(claim.facts.index)
        if found is None:
            found = self._find(needs)
            self._needs[claim.facts.index] = found
        if isinstance(found, bool):
            return found
        return any(high <= start or end <= low for low, high in found)

    def _find(self, phrases: tuple[str, ...]) -> list[Span] | bool:
        """Return where phrases stand in the text; True if one is in the record's other fields."""
        if self._lowered is None:
            self._lowered = [text.lower() for text in (self.text, *self._context)]
        for text, lowered in zip(self._context, self._lowered[1:], strict=True):
            some = possible(phrases, lowered)
            if some and phrases_pattern(some).search(text):
                return True
        some = possible(phrases, self._lowered[0])
        return [match.span() for match in phrases_pattern(some).finditer(self.text)] if some else []

    def is_mention(self, match: Match, claim: Claim) -> bool:
        """Tell whether another spelling of the entry stands beside this one, as a mention."""
        earlier, later = match.earlier, match.later
        if (
            earlier is not None
            and _is_other_spelling(earlier, claim)
            and self._is_mention_gap(earlier.end, match.start)
        ):
            return True
        if later is not None and _is_other_spelling(later, claim):
            return self._is_mention_gap(match.end, later.start)
        return False

    def _is_mention_gap(self, start: int, end: int) -> bool:
        gap = self.text[start:end]
        if len(gap) > 100 or count_line_breaks(gap) > 1:
            return False
        words = re.findall(r"[^\W\d_]+", gap)
        marks = re.sub(r"[^\W\d_]+|(?<=[aAkK])\.", "", gap)
        if len(words) > _MAX_GAP_TOKENS or not _GAP_MARKS.issuperset(marks):
            return False
        if not all(word.lower() in _GAP_WORDS for word in words):
            return False
        return bool(gap.strip()) or count_line_breaks(gap) == 0

    def names_in_full(self, claim: Claim) -> bool:
        """Tell whether the document names the entry in full, in any spelling."""
        if self._full is None:
            every = [self.matches, *self._matches_of_context()]
            self._full = {
                c.facts.index for matches in every for m in matches for c in m.claims if c.full
            }
        return claim.facts.index in self._full

    def names_stranger(self, claim: Claim) -> bool:
        """Tell whether the document names somebody else with the entry's surname."""
        index = claim.facts.index
        known = self._strangers.get(index)
        if known is None:
            texts = [(self.text, self.matches)]
            texts += zip(self._context, self._matches_of_context(), strict=True)
            known = any(
                is_stranger(text, m, c)
                for text, matches in texts
                for m in matches
                for c in m.claims
                if c.short and c.facts.index == index
            )
            self._strangers[index] = known
        return known

    def _matches_of_context(self) -> list[list[Match]]:
        if self._context_matches is None:
            self._context_matches = [self._matcher.matches(text) for text in self._context]
        return self._context_matches


def _is_other_spelling(match: Match, claim: Claim) -> bool:
    return any(
        other.facts.index == claim.facts.index
        and other.variant != claim.variant
        and not _is_part(other.variant, claim.variant)
        and not _is_part(claim.variant, other.variant)
        for other in match.claims
    )


def _is_part(part: str, whole: str) -> bool:
    """Tell whether a spelling is another one shortened: a surname beside the full name."""
    return set(part.split()) <= set(whole.split())


def is_stranger(text: str, match: Match, claim: Claim) -> bool:
    """Tell whether the words beside a surname make it somebody else's full name."""
    if claim.facts.order == "family-first":
        return has_capital_after(text, match.end)
    return not _fits_before(text, match.start, claim)


def stands_alone(text: str, match: Match, claim: Claim) -> bool:
    """Tell whether a surname has nothing beside it that would make it another name."""
    return _fits_before(text, match.start, claim) and not has_capital_after(text, match.end)


def has_capital_after(text: str, end: int) -> bool:
    """Tell whether a capitalised word follows directly."""
    for start, _ in after(text, end, 1):
        gap = text[end:start]
        if gap and not gap.strip() and count_line_breaks(gap) == 0:
            return text[start].isupper()
    return False


def is_compound(text: str, end: int) -> bool:
    """Tell whether a hyphen and a capital letter follow directly."""
    return text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isupper()


def breaks_article(text: str, start: int, article: str) -> bool:
    """Tell whether the other indefinite article stands directly before a span."""
    found = _ARTICLE.search(text, max(0, start - 5), start)
    return found is not None and found[1].lower() != article


def is_ship(text: str, start: int) -> bool:
    """Tell whether a word for a ship stands directly before a span.

    >>> is_ship("the cruiser Kiev", 12), is_ship("shipped to Kiev", 11)
    (True, False)
    """
    return text[max(0, start - 16) : start].rstrip(" \"\u201c\u2018'").endswith(_SHIPS)


def _fits_before(text: str, start: int, claim: Claim) -> bool:
    """Tell whether the word before a surname is no part of another name."""
    for low, high in joined_before(text, start, 1):
        word = text[low:high]
        gap = text[high:start].lstrip(".")
        if gap and not gap.isspace():  # a hyphen or an apostrophe: part of one name
            return not word[0].isupper()
        if not word[0].isupper() or word.lower() in _TITLES:
            return True
        if word.lower() in _FUNCTION_WORDS:
            return _SENTENCE_END.search(text[max(0, low - 20) : low]) is not None
        return _is_own_given(text, word, low, claim)
    return True


def _is_own_given(text: str, word: str, low: int, claim: Claim) -> bool:
    facts = claim.facts
    givens = {token.lower() for part in facts.parts for token in re.split(r"[\s-]", part[0])}
    initials = {given[0] for given in givens if given}
    if word.lower() in givens:
        return True
    if len(word) > 1:
        return facts.patronymic is not None and word == facts.patronymic
    for a, b in before(text, low, 1):
        if b - a == 1 and text[a].isupper() and text[b:low].strip() in (".", ""):
            return (
                text[a].lower() in initials
            )  # D. S. Peskov: the first initial is the given name's
    return word.lower() in initials
