"""What depends on the machine: order, pickling, processes, threads, size, and hostile input.

Growth is judged by the number of function calls at one size and at four times that
size, which no other job of the machine can change. Linear is 4; quadratic is up to 16.
The full sizes, a megabyte and more, are marked slow.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import random
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from normalizer import Normalizer, load_glossary, undo
from normalizer.glossary.loading import entries_from, make_glossary
from normalizer.log import to_line
from normalizer.normalizing.normalizer import CompiledNormalizer
from tests import case_files
from tests.counting import calls
from tests.strategies import glossary_of

ROOT = Path(__file__).resolve().parent.parent
CASES = case_files.cases()
FACTOR = 6

#: The glossary of most of these tests: what it says is in their texts.
ENTRIES: list[dict[str, Any]] = [
    {
        "id": "kyiv",
        "kind": "place",
        "canonical": "Kyiv",
        "variants": ["Kiev", "Kijew"],
        "unless": ["chicken Kiev", "Kiev-class"],
    },
    {"id": "tass", "kind": "organization", "canonical": "TASS", "variants": ["Tass"]},
    {"id": "mig-31", "kind": "weapon", "canonical": "MiG-31", "variants": ["Mig-31"]},
    {
        "id": "kinzhal",
        "kind": "weapon",
        "canonical": "Kinzhal",
        "variants": ["Kinjal"],
        "needs": ["missile"],
    },
    *(
        {
            "id": f"kim-{number}",
            "kind": "person",
            "name": {"given": given, "family": "Kim", "order": "family-first"},
            "variants": [f"Kim {given.replace(' U', '-u').replace(' I', '-i')}"],
        }
        for number, given in enumerate(("Jong Un", "Jong Il"))
    ),
    {
        "id": "peskov",
        "kind": "person",
        "name": {"given": "Dmitry", "family": "Peskov"},
        "variants": ["Dmitri Peskow"],
    },
]


@cache
def normalizer() -> Normalizer:
    return Normalizer(glossary_of(ENTRIES))


def lines(chosen: CompiledNormalizer, texts: list[str]) -> list[bytes]:
    """Return the line of the log of each text: all that there is to say about it."""
    return [to_line(chosen.normalize(text).record("x")) for text in texts]


def many_texts(count: int) -> list[str]:
    """Return texts made of those of the cases, the same ones on every run."""
    chosen = random.Random(19)
    parts = [case.says["text"] for case in CASES]
    return ["\n".join(chosen.choices(parts, k=chosen.randint(1, 4))) for _ in range(count)]


# --- order ---------------------------------------------------------------------------------------

#: Entries that share, overlap and nest as much as lint allows.
TANGLED: list[dict[str, Any]] = [
    {"id": "aa", "kind": "place", "canonical": "Same", "variants": ["Saim", "Saym"]},
    {"id": "bb", "kind": "organization", "canonical": "Same", "variants": ["Saim"]},
    {"id": "cc", "kind": "weapon", "canonical": "Same", "variants": ["Saim"], "plural": True},
    {"id": "kyiv", "kind": "place", "canonical": "Kyiv", "variants": ["Kiev", "Kijew"]},
    {
        "id": "kyiv-oblast",
        "kind": "place",
        "canonical": "Kyiv region",
        "variants": ["Kyiv Oblast", "Kyivskaya Oblast"],
    },
    {
        "id": "dish",
        "kind": "weapon",
        "canonical": "Kotleta",
        "variants": ["Kiev"],
        "needs": ["hot"],
    },
    {
        "id": "film",
        "kind": "organization",
        "canonical": "Kijew-Film",
        "variants": ["Kiev"],
        "needs": ["film", "hot"],
    },
    {
        "id": "ivan-zorin",
        "kind": "person",
        "name": {"given": "Ivan", "family": "Zorin"},
        "variants": ["Iwan Sorin", "Sorin"],
    },
    {
        "id": "pyotr-zorin",
        "kind": "person",
        "name": {"given": "Pyotr", "family": "Zorin"},
        "variants": ["Petr Sorin", "Peter Zorine"],
    },
    {"id": "sorin-prize", "kind": "organization", "canonical": "Zorin Prize"},
    {"id": "ab", "kind": "weapon", "canonical": "A B", "variants": ["A-B C", "A B C D"]},
    {"id": "bc", "kind": "weapon", "canonical": "B C", "variants": ["B-C D E", "b c"]},
]
TANGLED_TEXT = (
    "Saim, SAIM and saym. Kiev Oblast; a hot Kiev film in Kijew. Kyivskaya Oblast.\n"
    "Iwan Sorin met Petr Sorin; Sorin, Iwan. Mr. Zorine. The Sorin Prize. Sorin-Saim.\n"
    "A B C D E, A-B C D E, a b c d, A B-C D E. “Kiev” ‘Saim’ Kiev (Kyiv) [sic]"
)


def test_order_of_entries_and_files_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = None
    for seed in range(20):
        chosen = random.Random(seed)
        entries = TANGLED[:]
        chosen.shuffle(entries)
        for old in tmp_path.glob("*.json"):
            old.unlink()
        names = chosen.sample("abcdefgh", 3)
        for number, name in enumerate(names):
            Path(f"{name}.json").write_text(json.dumps(entries[number::3]))
        made = Normalizer(load_glossary("."))
        found = lines(made, [TANGLED_TEXT, TANGLED_TEXT.upper(), TANGLED_TEXT.lower()])
        assert found == (expected or found), f"seed {seed}"
        expected = found
    assert expected is not None
    assert expected[0].count(b'"out_start"') > 5


HASHED = """
import sys
from normalizer import Normalizer, load_glossary
from normalizer.log import to_line
normalizer = Normalizer(load_glossary(sys.argv[1]))
for text in sys.stdin.read().split("\\f"):
    sys.stdout.buffer.write(to_line(normalizer.normalize(text).record("x")))
sys.stdout.buffer.write(normalizer.compiled.to_bytes())
"""


def test_hash_seed_changes_nothing(tmp_path: Path) -> None:
    glossary = tmp_path / "g.json"
    glossary.write_text(json.dumps(TANGLED))
    found = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", HASHED, str(glossary)],
            input=TANGLED_TEXT.encode() + b"\f" + TANGLED_TEXT.upper().encode(),
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_hyphenated_name_is_a_literal() -> None:
    entry = {"id": "a", "kind": "place", "canonical": "Kim Jong Un", "variants": ["Kim Jong-un"]}
    assert Normalizer(glossary_of([entry])).normalize("Kim Jong-un").text == "Kim Jong Un"


# --- pickling, processes, threads ----------------------------------------------------------------


@pytest.mark.parametrize("engine", ["automaton", "reference"])
def test_pickled_normalizer_is_the_same(engine: str) -> None:
    texts = many_texts(50)
    first = Normalizer(glossary_of(ENTRIES), quotes="suggest", hashtags="rewrite", engine=engine)
    expected = lines(first, texts)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(first, protocol))
        assert again.settings == first.settings
        assert lines(again, texts) == expected


def test_pickled_tables_make_the_same_normalizer() -> None:
    texts = many_texts(50)
    compiled = pickle.loads(pickle.dumps(normalizer().compiled))
    assert lines(CompiledNormalizer(compiled), texts) == lines(normalizer(), texts)


def test_result_can_be_pickled() -> None:
    result = normalizer().normalize(TANGLED_TEXT)
    again = pickle.loads(pickle.dumps(result))
    assert again.text == result.text
    assert again.record("x") == result.record("x")


@pytest.mark.parametrize(("method", "count"), [("fork", 8), ("spawn", 1)])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_processes_give_equal_output(method: str, count: int) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    texts = many_texts(20)
    expected = lines(normalizer(), texts)
    with ProcessPoolExecutor(count, multiprocessing.get_context(method)) as pool:
        futures = [pool.submit(lines, normalizer(), texts) for _ in range(count)]
        assert all(future.result() == expected for future in futures)


def test_eight_threads_share_a_normalizer() -> None:
    """All begin at once, on a normalizer that has met nothing yet, each in its own order."""
    texts = many_texts(800)
    glossary = glossary_of([*ENTRIES, *TANGLED[4:]])
    expected = lines(Normalizer(glossary), texts)
    shared = Normalizer(glossary)
    start = threading.Barrier(8)

    def work(number: int) -> dict[int, bytes]:
        order = list(range(number, len(texts), 8))
        random.Random(number).shuffle(order)
        order += random.Random(-number).choices(range(len(texts)), k=50)  # what others do as well
        start.wait()
        return {i: lines(shared, [texts[i]])[0] for i in order}

    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(work, range(8)))
    finally:
        sys.setswitchinterval(switch)
    assert {i for part in found for i in part} == set(range(len(texts)))
    assert all(line == expected[i] for part in found for i, line in part.items())


# --- growth --------------------------------------------------------------------------------------


def assert_linear(work: Callable[[str], object], unit: str, size: int) -> None:
    """Compare the calls for a text of units with those for four times as many."""
    small, large = (unit * (n // len(unit)) for n in (size, 4 * size))
    work(small)  # what is met for the first time is remembered
    assert calls(lambda: work(large)) < FACTOR * calls(lambda: work(small)) + 1_000


def there_and_back(text: str) -> None:
    result = normalizer().normalize(text)
    assert undo(result.text, result.record("x")) == text


#: By how much the counts and sizes of most tests are less than the full ones.
SCALES = [
    pytest.param(16, id="small"),
    pytest.param(1, id="full", marks=pytest.mark.slow),
]

#: One character or word, over and over, with nothing to find: at full size a megabyte of each.
NOISE = {
    "quotation-marks": '"',
    "opening-quotation-marks": "“",
    "closing-quotation-marks": "”",
    "pairs-of-quotation-marks": "„“",
    "guillemets": "«»",
    "apostrophes": "'",
    "curly-apostrophes": "’",
    "opening-apostrophes": " '",
    "low-apostrophes": "‚",
    "mixed-quotation-marks": "\"'“‘",
    "quotation-marks-between-letters": "a\"b'",
    "hyphens": "-",
    "non-breaking-hyphens": "\u2011",
    "dashes": "–—",
    "combining-marks": "\u0301",
    "letter-and-mark": "e\u0301",
    "soft-hyphens": "\u00ad",
    "zero-width-spaces": "\u200b",
    "variation-selectors": "\ufe0f",
    "letter-and-soft-hyphen": "a\u00ad",
    "addresses": "http://",
    "hosts": "www.",
    "at-signs": "a@",
    "hashes": "#a",
    "slashes": "a/",
    "backslashes": "a\\",
    "stops": "a.",
    "square-brackets": "[",
    "round-brackets": "((",
    "angle-brackets": "<!--",
    "switches": "<!-- normalizer: off -->",
    "halves-of-switches": "<!-- normalizer: ",
    "backticks": "`",
    "sic": "[sic] ",
    "capitals": "A",
    "words-in-capitals": "ABC ",
    "new-lines": "\n",
    "carriage-returns": "\r",
    "paragraphs": "\u2029",
    "quotations-in-paragraphs": '"\n\n',
    "spaces": " ",
    "no-break-spaces": "\u00a0",
    "tabs": "\t",
    "nul": "\x00",
    "surrogates": "\ud800",
    "emoji": "🎯",
    "dotted-capital-i": "İ",
    "unspaced-script": "头",
    "jamo": "\u1100\u1161",
    "underscores": "_",
    "digits": "1",
}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("label", NOISE)
def test_noise_takes_linear_time(label: str, scale: int) -> None:
    assert_linear(there_and_back, NOISE[label], 250_000 // scale)


#: Names among what could make them expensive, and how many of them.
MIXTURES = {
    "surname": ("Kim ", 500),
    "surname-over-lines": ("Kim\n", 500),
    "surname-and-two-spaces": ("Kim  ", 500),
    "surname-first": ("Kim Kim Jong-un ", 200),
    "half-of-a-name": ("Kim Jong ", 500),
    "surname-with-soft-hyphens": ("K\u00adi\u00adm ", 200),
    "cut-names": ("Kim Jong Un Kim ", 200),
    "given-name": ("Dmitri ", 10_000),
    "initials": ("D. D. Peskov ", 500),
    "reversed-names": ("Peskov, Dmitri and ", 1_200),
    "unknown-persons": ("Dmitri Peskov said Peskow a Peskow ", 300),
    "names": ("Kiev and ", 1_000),
    "names-on-lines": ("Kiev\n", 1_000),
    "names-in-capitals": ("KIEV and ", 1_000),
    "names-that-keep-their-case": ("Tass and ", 1_000),
    "names-in-small-letters": ("kiev and ", 1_000),
    "names-with-marks": ("Kiev\u0301 and ", 1_000),
    "names-with-invisibles": ("Ki\u200bev and ", 500),
    "names-with-look-alikes": ("\N{CYRILLIC CAPITAL LETTER KA}iev and ", 1_000),
    "designations": ("MiG 31 and MIG31 ", 500),
    "possessives": ("Kiev's and ", 1_000),
    "bare-apostrophes": ("Kiev' a ", 1_000),
    "quoted-names": ("“Kiev” and ", 1_000),
    "straight-quoted-names": ("'Kiev' and ", 1_000),
    "quotations-in-quotations": ("“Kiev ‘Kiev’ and” ", 500),
    "opened-quotations": ("“Kiev and ", 1_000),
    "mentions": ("Kiev (Kyiv) ", 1_000),
    "more-mentions": ("Kiev or ", 1_000),
    "demoted-names": ("“Kiev” Kyiv or Kiev a Kiev ", 400),
    "code": ("`Kiev` and ", 1_000),
    "sic": ("Kiev [sic] and ", 4_000),
    "exceptions": ("chicken Kiev ", 2_000),
    "addresses": ("http://Kiev/ ", 2_000),
    "handles": ("@Kiev #Kiev ", 2_000),
    "switched-off": ("<!-- normalizer: off --> Kiev <!-- normalizer: on --> Kiev and ", 1_000),
}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("label", MIXTURES)
def test_names_take_linear_time(label: str, scale: int) -> None:
    unit, count = MIXTURES[label]
    assert_linear(there_and_back, unit, 2 * count // scale * len(unit))


@pytest.mark.parametrize("scale", SCALES)
def test_quotations_inside_one_long_quotation_take_linear_time(scale: int) -> None:
    assert_linear(lambda text: there_and_back("“" + text + "”"), "‘Kiev’ and ", 25_000 // scale)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    "name",
    ["Kiev", "Tass", "'Kiev'", '"Kiev"', "“Kiev”", "`Kiev`", "Kim"],
)
@pytest.mark.parametrize("blank", [" ", ","])
def test_long_line_takes_linear_time(name: str, blank: str, scale: int) -> None:
    assert_linear(there_and_back, f"{name}{blank}{'x' * 500}{blank}", 500_000 // scale)


@pytest.mark.parametrize(
    "joint", ["-", "/", ".", "\\", "@", "+", ",", "_", "'", "\u2019", "\u2014"]
)
def test_one_long_word_takes_linear_time(joint: str) -> None:
    """What makes an address or a path is looked for around each name of the word."""
    assert_linear(there_and_back, f"Kiev{joint}", 250)


@pytest.mark.parametrize("unit", ["Kim ", "Kiev and ", "a word or two "])
def test_memory_grows_with_the_text_alone(unit: str) -> None:
    normalizer().normalize(unit * 100)

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            normalizer().normalize(unit * count)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(1_600) < 2_000 * 1_600  # bytes: two kilobytes for each name
    assert peak(6_400) < 2_000 * 6_400


def variants(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"e{i}",
            "kind": "place",
            "canonical": f"Place{i}gorod",
            "variants": [f"Var{i}x{j}ov" for j in range(10)],
        }
        for i in range(count // 10)
    ]


@pytest.mark.parametrize("scale", SCALES)
def test_many_variants(scale: int) -> None:
    """Loading and compiling take linear time; normalizing does not depend on their number."""
    text = " and ".join(f"a Var{i}x{i % 10}ov" for i in range(30))
    counts = []
    for count in (6_000 // scale, 24_000 // scale):
        data = json.dumps(variants(count)).encode()
        made: list[Normalizer] = []

        def compile_it(data: bytes = data, made: list[Normalizer] = made) -> None:
            made.append(Normalizer(make_glossary(entries_from("g.json", data))))

        compiling = calls(compile_it)
        assert len(made[0].normalize(text).substitutions) == 30
        counts.append((compiling, calls(lambda first=made[0]: first.normalize(text))))  # type: ignore[misc]  # mypy knows no default of a lambda
    (small, first), (large, second) = counts
    assert large < FACTOR * small
    assert second < 2 * first


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "count"),
    [("Kim ", 2_500_000), (f'"Kiev",{"x" * 243}', 20_000), (f"`Tass`,{'x' * 243}", 20_000)],
    ids=["ten-megabytes-of-a-surname", "line-of-five-megabytes", "line-of-five-megabytes-of-code"],
)
def test_full_size(unit: str, count: int) -> None:
    there_and_back(unit * count)


# --- every character -----------------------------------------------------------------------------

#: Two planes in full, where almost all is that is not Chinese, and one in 17 of those above.
EVERYTHING = "".join(map(chr, [*range(0x20000), *range(0x20000, sys.maxunicode + 1, 17)]))


@pytest.mark.parametrize("engine", ["automaton", "reference"])
@pytest.mark.parametrize("text", [EVERYTHING, EVERYTHING[::-1]], ids=["forwards", "backwards"])
def test_characters_of_every_kind_are_left_alone(engine: str, text: str) -> None:
    result = Normalizer(glossary_of(ENTRIES), engine=engine).normalize(text)
    assert result.text == text
    assert undo(result.text, result.record("x")) == text


AVAGRAHA = "\N{DEVANAGARI SIGN AVAGRAHA}"


def test_letter_before_a_name_is_a_letter_to_both_engines() -> None:
    for engine in ("automaton", "reference"):
        made = Normalizer(glossary_of(ENTRIES), engine=engine)
        assert made.normalize(f"{AVAGRAHA}Kiev").substitutions == []


@pytest.mark.parametrize(
    ("form", "step"), [("Kiev{}", 2), ("{}Kiev", 2), ("Ki{}ev", 1), ("Dmitri{}Peskov", 4)]
)
def test_any_character_beside_or_in_a_name_can_be_undone(form: str, step: int) -> None:
    """One in ``step`` of the characters below U+3000, and one in a thousand of those above."""
    points = [*range(0, 0x3000, step), *range(0x3000, sys.maxunicode + 1, 1009)]
    text = "\n\n".join(form.format(chr(point)) for point in points)
    entries: list[dict[str, Any]] = [
        {"id": "kyiv", "kind": "place", "canonical": "Kyiv", "variants": ["Kiev"]},
        {"id": "p", "kind": "person", "name": {"given": "Dmitry", "family": "Peskov"}}
        | {"variants": ["Dmitri Peskov"]},
    ]
    fast, slow = (
        Normalizer(glossary_of(entries), engine=engine) for engine in ("automaton", "reference")
    )
    result = fast.normalize(text)
    assert undo(result.text, result.record("x")) == text
    assert not fast.normalize(result.text).substitutions
    assert slow.normalize(text).record("x") == result.record("x")
