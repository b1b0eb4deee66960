"""Every scheme reproduces its samples, and says where it comes from."""

from __future__ import annotations

import pytest

from normalizer.romanize import registry
from normalizer.romanize.engine import romanize, spellings
from normalizer.romanize.personal import person_spellings

NAMES = registry.names()


def test_there_are_schemes():
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_the_own_form(name):
    scheme = registry.scheme(name)
    wrong = [
        (source, romanize(source, scheme), latin)
        for source, latin in scheme.samples
        if romanize(source, scheme) != latin
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_spellings_are_admitted(name):
    scheme = registry.scheme(name)
    wrong = [
        (source, latin, spellings(source, scheme))
        for source, latin in scheme.spellings
        if latin not in spellings(source, scheme) + person_spellings(source, scheme)
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_scheme_has_samples_and_a_source(name):
    scheme = registry.scheme(name)
    assert scheme.samples
    assert scheme.url or any("unsourced" in note for note in scheme.notes)
