"""The look-up box: its data, and the answers of its script, run by Node.js where there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from normalizer.curating.lookup import names_of
from normalizer.site import lookup_data
from normalizer.site.lookup_data import key, lookup_files, shard_of
from tests.site.small import catalog

CATALOG = catalog()
FILES: dict[str, Any] = {
    path.removeprefix("lookup/").removesuffix(".json"): json.loads(text)
    for path, text in lookup_files(CATALOG)
}
SCRIPT = Path(__file__).parents[2] / "docs" / "assets" / "lookup.js"
RUN = """
const Lookup = require(process.argv[1]);
const { files, queries } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const index = files.index;
const ask = (query) => {
  for (const wide of [false, true]) {
    const shards = {};
    for (const name of Lookup.shardsFor(query, index, wide)) shards[name] = files[name];
    const found = Lookup.answer(query, index, shards, wide);
    if (found.total || wide) return found.answers.map((one) => [one.id, one.rank, one.role]);
  }
};
console.log(JSON.stringify(queries.map((query) => ({
  key: Lookup.fold(query, index), answers: ask(query),
}))));
"""
EXACT, FOLDED, NAMED, PREFIX, CLOSE = range(5)
node = pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")


def run(queries: list[str], files: dict[str, Any] = FILES) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", "-e", RUN, str(SCRIPT)],
        input=json.dumps({"files": files, "queries": queries}), text=True, capture_output=True,
        check=True, timeout=60,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_every_name_of_every_entry_is_in_its_shard() -> None:
    for entry in CATALOG.entries:
        for name in names_of(entry):
            if not key(name.text):
                continue
            shard = FILES[shard_of(key(name.text))]
            ids = {
                shard["entries"][row[1]][1] for row in shard["names"] if row[0] == key(name.text)
            }
            assert entry.id in ids, name.text


def test_shards_are_sorted_and_listed() -> None:
    assert set(FILES) == {"index", *FILES["index"]["shards"]}
    for name, shard in FILES.items():
        if name != "index":
            keys = [row[0] for row in shard["names"]]
            assert keys == sorted(keys)
            assert {shard_of(found) for found in keys} == {name}


def test_derived_names_are_there_too() -> None:
    keys = {row[0] for row in FILES["k"]["names"]}
    assert {"kinzsal", "kyjiw"} <= keys
    assert "dmitrijpeskov" in {row[0] for row in FILES["d"]["names"]}


@node
@pytest.mark.parametrize(
    ("query", "entry", "rank"),
    [
        ("Kinzhal", "kinzhal", EXACT),
        ("Kinjal", "kinzhal", EXACT),
        ("kinjal", "kinzhal", FOLDED),
        ("Kinzhál", "kinzhal", FOLDED),
        ("Кинжал", "kinzhal", EXACT),
        ("КИНЖАЛ", "kinzhal", FOLDED),
        ("кинжала", "kinzhal", CLOSE),
        ("Kinzja", "kinzhal", PREFIX),
        ("Kizhnal", "kinzhal", CLOSE),
        ("AS-24 Killjoy", "kinzhal", EXACT),
        ("as24", "kinzhal", FOLDED),
        ("Killjoy", "kinzhal", FOLDED),
        ("Kh‑47М2", "kinzhal", FOLDED),
        ("김정은", "kim-jong-un", EXACT),
        ("Kim Jong-Un", "kim-jong-un", FOLDED),
        ("Zelensky", "volodymyr-zelenskyy", FOLDED),
        ("Selenskyj", "volodymyr-zelenskyy", FOLDED),
        ("Wladimir Selenskyj", "volodymyr-zelenskyy", NAMED),
        ("Peskow, Dmitrij", "dmitry-peskov", NAMED),
        ("Kyjiw", "kyiv", FOLDED),
        ("Kiev", "kyiv", EXACT),
        ("kiev", "kyiv", FOLDED),
        ("تهران", "tehran", EXACT),
        ("Bahmut", "bakhmut", FOLDED),
    ],
)
def test_answer_is_the_right_entry_by_the_right_way(query: str, entry: str, rank: int) -> None:
    (found,) = run([query])
    assert found["answers"][0][:2] == [entry, rank]


@node
def test_ambiguous_spelling_gives_all_entries() -> None:
    (found,) = run(["Kim"])
    assert {entry for entry, rank, _ in found["answers"] if rank <= FOLDED} == {
        "kim-jong-un", "kim-jong-il",
    }  # fmt: skip


@node
@pytest.mark.parametrize("query", ["", "   ", "—", "\u200b", "xqzwvj", "Q" * 5000, "<script>"])
def test_nothing_found_is_no_answer(query: str) -> None:
    (found,) = run([query])
    assert all(entry == "hostile" for entry, *_ in found["answers"])


@node
def test_script_and_python_make_the_same_keys() -> None:
    texts = sorted({name.text for entry in CATALOG.entries for name in names_of(entry)})
    texts += [
        "ŁÓDŹ",
        "Straße",
        "ʼAl-Qāʿida",
        "İzmir",
        "ΣΟΦΟΣ",
        "Ａ１",
        "ﬁ",
        "²",
        "Ⅷ",
        "ｶﾞ",
        "한국",
        "Ґалаґан",
    ]
    assert [found["key"] for found in run(texts)] == [key(text) for text in texts]


@node
def test_divided_shards_give_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup_data, "MAX_NAMES", 3)
    divided = {path[7:-5]: json.loads(text) for path, text in lookup_files(CATALOG)}
    assert len(divided) > len(FILES)
    queries = [
        "Kinjal",
        "k",
        "Кинжал",
        "кинжала",
        "Kizhnal",
        "Kim",
        "김정은",
        "Peskow, Dmitrij",
        "Ky",
    ]
    assert run(queries, divided) == run(queries)


@node
def test_empty_glossary_has_no_answers() -> None:
    files = {path[7:-5]: json.loads(text) for path, text in lookup_files(catalog("[]"))}
    assert run(["Kinjal"], files)[0]["answers"] == []
