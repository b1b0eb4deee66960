"""Marking up what a glossary says: nothing of it is ever read as HTML or Markdown.

Rules of this file: every function takes plain values and returns a piece of a
page; whatever comes from an entry goes through ``safe``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from normalizer.romanize.languages import language_name as _known_name
from normalizer.text.tokens import spans

#: Languages written from right to left.
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks ku prs ps sd syr ug ur yi".split())

#: Languages of source forms that have no scheme, beside those of ``romanize.languages``.
_MORE_LANGUAGES = {
    "az": "Azerbaijani",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hu": "Hungarian",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mn": "Mongolian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "prs": "Dari",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sk": "Slovak",
    "sv": "Swedish",
    "tg": "Tajik",
    "tr": "Turkish",
    "tt": "Tatar",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

#: Characters that Markdown, its extensions, HTML or a table could read as something else.
_SPECIAL = {char: f"&#{ord(char)};" for char in "\\`*_{}[]()#+!|&<>\"'~^=$:@%"}
_SPECIAL |= {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_TABLE = str.maketrans(_SPECIAL)


def safe(text: str) -> str:
    """Return a text that is shown as it is, in Markdown, HTML and attributes alike.

    >>> safe("<b>*x*</b>")
    '&lt;b&gt;&#42;x&#42;&lt;/b&gt;'
    """
    return " ".join(_printable(text).split()).translate(_TABLE)


def _printable(text: str) -> str:
    """Return a text without what no page can hold: controls and lone surrogates."""
    if text.isprintable():
        return text
    return "".join(
        char
        if (char.isprintable() or char.isspace() or _is_format(char))
        else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def _is_format(char: str) -> bool:
    return char > "\x9f" and not 0xD800 <= ord(char) <= 0xDFFF and char not in "\ufeff\ufffe\uffff"


def name(text: str) -> str:
    """Return a name that no translation touches, set apart from the direction around it."""
    return f'<bdi translate="no">{safe(text)}</bdi>'


def name_link(text: str, target: str, page: str) -> str:
    """Return a name that leads to a file of the site."""
    return f'<a href="{address(target, page)}" dir="auto" translate="no">{safe(text)}</a>'


def foreign(text: str, language: str) -> str:
    """Return a text of another language, with that language and its direction.

    >>> foreign("تهران", "fa")
    '<bdi lang="fa" dir="rtl" translate="no">تهران</bdi>'
    """
    if not is_language(language):
        return name(text)
    return f'<bdi lang="{language}" dir="{direction(language)}" translate="no">{safe(text)}</bdi>'


def is_language(code: str) -> bool:
    """Tell whether a text can be a language tag: ``ru``, ``sr-Latn``."""
    return _LANGUAGE.fullmatch(code) is not None


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where none is known."""
    return _MORE_LANGUAGES.get(code) or _known_name(code)


def link(label: str, target: str, page: str) -> str:
    """Return a link from a page to a file of the site; ``label`` is markup already."""
    return f'<a href="{address(target, page)}">{label}</a>'


def address(target: str, page: str) -> str:
    """Return the relative address of a file of the site, from a page of the site.

    >>> address("entry/place/kyiv/index.html#why", "glossary/a-z/k.html")
    '../../entry/place/kyiv/index.html#why'
    """
    return "../" * page.count("/") + safe_address(target)


def safe_address(target: str) -> str:
    """Return an address that ends with its attribute."""
    return (
        _printable(target)
        .replace("&", "&amp;")
        .replace('"', "%22")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("'", "%27")
        .replace(" ", "%20")
        .replace("`", "%60")
        .replace("\\", "%5C")
    )


def outside(label: str, target: str) -> str:
    """Return a link to another site; other addresses than those of the web are only shown."""
    if not target.startswith(("https://", "http://")):
        return f"{safe(label)} {safe(target)}" if label != target else safe(label)
    return f'<a href="{safe_address(target)}" rel="external noopener">{safe(label)}</a>'


def front_matter(title: str, *, tags: Sequence[str] = (), description: str = "", kind: str) -> str:
    """Return the head of a Markdown page.

    The theme prints title and description unescaped, so both are escaped here;
    ``tags`` are found first by the site's search and not shown; it leaves indexes out.
    """
    meta: dict[str, object] = {"title": _title(title), "page_kind": kind}
    if tags:
        meta["tags"] = [_printable(tag) for tag in tags]
    if description:
        meta["description"] = safe(description)
    if kind == "index":
        meta["search"] = {"exclude": True}
    meta["hide"] = ["navigation", "toc", "tags"]
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items())
    return "\n".join(["---", *lines, "---", ""])


def _title(text: str) -> str:
    """Return a title without angle brackets: one place of the theme undoes escaping."""
    return safe(
        text.replace("<", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}").replace(
            ">", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
        )
    )


def listed(items: Iterable[str], last: str = "or") -> str:
    """Return phrases as one.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *rest, end = items
    return f"{', '.join(rest)} {last} {end}" if rest else end


def changes(before: str, after: str) -> str:
    """Return a text with what was taken out and put in marked, token by token."""
    from difflib import SequenceMatcher

    old, new = _pieces(before), _pieces(after)
    shown = []
    for step, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            shown.append(_spaced(old[i:j]))
            continue
        if old[i:j]:
            shown.append(f"<del>{_spaced(old[i:j])}</del>")
        if new[k:m]:
            shown.append(f"<ins>{_spaced(new[k:m])}</ins>")
    return "".join(shown)


def _spaced(pieces: Sequence[str]) -> str:
    """Return pieces as they are; white space at their edges counts."""
    return _printable("".join(pieces)).translate(_TABLE).replace("\n", " ")


def _pieces(text: str) -> list[str]:
    """Return the tokens of a text and what stands between them."""
    pieces, last = [], 0
    for start, end in spans(text):
        pieces += [text[last:start], text[start:end]]
        last = end
    return [piece for piece in [*pieces, text[last:]] if piece]
