"""Small schemes written out in a test."""

from __future__ import annotations

import textwrap

from normalizer.romanize import registry
from normalizer.romanize.scheme import Scheme, read

HEAD = """\
name: test-scheme
authority: nobody
language: ru
kind: customary
words: a scheme of the tests
samples: []
"""


def scheme_of(body: str) -> Scheme:
    """Read a scheme from its rules; names that ``extends`` gives are shipped ones."""
    text = HEAD + textwrap.dedent(body)
    return read("test-scheme.yaml", text.encode(), registry.scheme)
