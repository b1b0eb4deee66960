"""Languages: their English names, and which of them tell names apart by their letters."""

from __future__ import annotations

#: Languages whose letters tell names apart: a full name derived from them is sure.
ALPHABETIC = ("ru", "uk", "be", "bg", "sr", "mk")
#: By ISO 639-1 code.
LANGUAGES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "fa": "Persian",
    "ka": "Georgian",
    "ko": "Korean",
    "mk": "Macedonian",
    "ru": "Russian",
    "sr": "Serbian",
    "uk": "Ukrainian",
}


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where none is known.

    >>> language_name("uk"), language_name("xx")
    ('Ukrainian', 'xx')
    """
    return LANGUAGES.get(code, code)
