"""A small glossary for the tests of the site: ordinary entries, bare ones, and hostile ones."""

from __future__ import annotations

from normalizer.glossary.loading import Glossary, entries_from, make_glossary
from normalizer.site.catalog import Catalog

ENTRIES = r"""
- id: kinzhal
  kind: weapon
  canonical: Kinzhal
  source: {ru: Кинжал}
  variants:
    - Kinjal
    - Kinschal
    - {text: Kindjal, action: suggest, note: Also a dagger.}
  needs: [missile]
  plural: true
  other_names: [Kh-47M2, {text: AS-24 Killjoy, note: NATO reporting name}]
  why: English writes zh for ж.
  links: {wikidata: Q50293463, note: "javascript:alert(1)"}
  sources: [{title: A list, url: "https://example.org/?a=1&b=2", row: "7", for: spelling}]
  examples:
    - {text: two Kinjal missiles, expect: two Kinzhal missiles}
    - {text: Kinjal Dave}
    - {text: a Kindjal, suggests: [Kindjal]}
- id: kim-jong-un
  kind: person
  name: {given: Jong Un, family: Kim, order: family-first}
  forms: {guardian: Kim Jong-un}
  source: {ko: 김정은}
  variants: [Kim Jong-un]
  confused_with: [kim-jong-il]
- id: kim-jong-il
  kind: person
  name: {given: Jong Il, family: Kim, order: family-first}
  source: {ko: 김정일}
- id: dmitry-peskov
  kind: person
  name: {given: Dmitry, family: Peskov}
  source: {ru: Дмитрий Песков}
  variants: [Dmitri Peskov]
- id: volodymyr-zelenskyy
  kind: person
  name: {given: Volodymyr, family: Zelenskyy}
  source: {uk: Володимир Зеленський}
  variants: [Volodymyr Zelensky]
- id: kyiv
  kind: place
  canonical: Kyiv
  former_ids: [kiev]
  source: {uk: Київ, ru: Киев}
  variants: [Kiev]
- id: tehran
  kind: place
  canonical: Tehran
  source: {fa: تهران}
  variants: [Teheran]
- id: bakhmut
  kind: place
  canonical: Bakhmut
  source: {uk: Бахмут}
- id: bare
  kind: organization
  canonical: Bare
- id: hostile
  kind: organization
  canonical: "</title><script>alert(1)</script> *x* [y](z) `c` {: #id } ::: normalizer {{ z }} $m$"
  source: {"../../x\"onload=": "<b>Ы</b>"}
  variants: ["<img src=x onerror=alert(1)>", "--8<-- \"mkdocs.yml\"", "a | b", "&lt;amp;", "__init__"]
  other_names: ["<!-- open", "]]> <![CDATA[", "<details>"]
  needs: ["</q><script>"]
  unless: ["</span> *"]
  why: "<script>alert(2)</script> ``` and {{ config }} and <a href='javascript:alert(1)'>here</a>"
  links: {"<i>": "\"><script>"}
  sources: [{title: "<u>", url: "https://example.org/\"onclick=\"x"}]
  examples: [{text: "<s>a</s>", expect: "<s>b</s>"}]
- id: long
  kind: organization
  canonical: LONG
""".replace("LONG", "Long" + "o" * 300)


def glossary(text: str = ENTRIES) -> Glossary:
    return make_glossary(entries_from("small.yaml", text.encode()))


def catalog(text: str = ENTRIES) -> Catalog:
    return Catalog(glossary(text))
