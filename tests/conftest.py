"""Profiles of the property tests: many examples in CI, the same ones on every run."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "2000")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("default")

#: What is known to be wrong still: each must fail, and must leave this list when it no longer does.
KNOWN_FAILURES = {
    "test_entry_that_only_looks_right_is_refused[id-with-a-line-break]": "patterns end at `$`",
    "test_entry_that_only_looks_right_is_refused[date-in-other-digits]": "patterns take any digit",
    "test_entry_that_only_looks_right_is_refused[form-of-signs]": "positions of forms",
    "test_entry_that_only_looks_right_is_refused[form-with-a-line-break]": "positions of forms",
    "test_entry_that_only_looks_right_is_refused[given-name-of-signs]": "positions of name parts",
    "test_entry_that_only_looks_right_is_refused[plural-of-signs]": "positions of the plural",
    "test_entry_that_only_looks_right_is_refused[yes-for-a-plural]": "yes is read as a plural form",
    "test_entry_that_only_looks_right_is_refused[capitals-for-a-plural]": "TRUE is read as a form",
    "test_clashes_of_ids_come_with_the_other_problems": "ids are compared after the schema check",
    "test_control_character_has_a_line": "PyYAML gives no position",
    "test_json_values_that_are_no_text_are_refused[switch]": "true is read as text",
    "test_digest_covers_profiles": "the digest covers more than it should",
    "test_two_overrides_in_one_glossary_are_a_problem": "the second override wins",
    "test_json_round_trip_of_merged_glossaries": "override is written out",
    "test_renaming_a_name_without_letters_is_a_problem": "renames are not linted",
    "test_renaming_an_entry_that_does_not_exist_is_a_problem": "renames are not linted",
    "test_plural_of_one_that_is_a_variant_of_another_is_told": "lint does not compare plurals",
    "test_variant_that_is_a_dictionary_word_is_told": "lint of meaning comes later",
    "test_problem_is_one_line_whatever_the_example_holds": "line breaks in messages",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the known failures: strictly, so that none can stay once it is mended."""
    for item in items:
        for name, reason in KNOWN_FAILURES.items():
            if item.name.startswith(name):
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
