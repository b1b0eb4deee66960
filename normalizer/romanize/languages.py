"""English names of languages, for people who read."""

from __future__ import annotations

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
