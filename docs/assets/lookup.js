/* Look up a spelling: exact, then folded, then beginning alike, then similar.
 *
 * The data is that of normalizer/site/lookup_data.py. The first half is pure and runs
 * without a browser; the second half is the box, at home and in the header.
 */
"use strict";

const Lookup = (() => {
  const LIMIT = 12;
  const ROLES = "cfvnsodwi";
  const BUDGET = 250000; // compressed bytes that one search for similar spellings may load
  const EXACT = 0, FOLDED = 1, NAMED = 2, PREFIX = 3, CLOSE = 4;

  /* First letters that romanizations exchange. */
  const CONFUSED = {
    a: "o", b: "vp", c: "ktsz", d: "tj", e: "yji", f: "vp", g: "hjk", h: "kgx", i: "yj", j: "yzdg",
    k: "cqhg", l: "", m: "", n: "", o: "au", p: "bf", q: "kg", r: "", s: "czx", t: "cd", u: "wo",
    v: "wfb", w: "vu", x: "khs", y: "jie", z: "sjtc",
  };

  /** The key of a spelling; see key() in lookup_data.py. */
  function fold(text, index) {
    const lower = plain(text, index).normalize("NFKD").toLowerCase().normalize("NFKD");
    return Array.from(lower, (char) => index.letters[char] ?? char)
      .join("").replace(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}]/gu, "");
  }

  /** A text whose words of mixed script are Latin: Cyrillic letters in "Tu-160" become Latin. */
  function plain(text, index) {
    return text.replace(/[\p{L}\p{N}\p{M}\p{Pd}]+/gu, (word) =>
      /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)
        ? Array.from(word, (char) => index.look_alikes[char] ?? char).join("")
        : word);
  }

  /** The shard that holds a key: by its first character, and by the second where there are many. */
  function shardOf(key, index) {
    const first = key[0], point = key.codePointAt(0);
    let shard = first;
    if (first >= "0" && first <= "9") shard = "0";
    else if (!(first >= "a" && first <= "z")) shard = "u" + (point < 0x700 ? point : point >> 8).toString(16);
    const rest = key.slice(point > 0xffff ? 2 : 1);
    const narrow = rest && `${shard}-${rest.codePointAt(0).toString(16)}`;
    return narrow && narrow in index.shards ? narrow : shard;
  }

  /** The shards that an answer needs; with `wide` those of similar spellings too. */
  function shardsFor(query, index, wide) {
    const keys = [fold(query, index), ...words(query).map((word) => fold(word, index))].filter(Boolean);
    const found = new Set(keys.map((key) => shardOf(key, index)).filter((shard) => shard in index.shards));
    if (!keys.length) return [];
    const own = shardOf(keys[0], index), first = own.split("-")[0];
    const all = Object.keys(index.shards).sort((a, b) => index.shards[a] - index.shards[b]);
    const same = all.filter((shard) => shard.split("-")[0] === first);
    if (keys[0].length === 1) add(same);
    if (wide) {
      const second = own.slice(first.length);
      const confused = [...(CONFUSED[first] ?? "")];
      add([...confused, ...confused.map((letter) => letter + second), ...same]);
      add(all.filter((shard) => (shard[0] === "u" && shard.length > 1) === (own[0] === "u" && own.length > 1)));
    }
    function add(shards) {
      for (const shard of shards) {
        let loaded = 0;
        for (const one of found) loaded += index.shards[one];
        if (shard in index.shards && loaded + index.shards[shard] <= BUDGET) found.add(shard);
      }
    }
    return [...found];
  }

  function words(query) {
    const found = query.split(/[\s,]+/u).filter(Boolean);
    return found.length > 1 ? [found[found.length - 1], found[0]] : [];
  }

  /** The answers to a query, best first: {kind, id, canonical, source, language, role, text, rank}. */
  function answer(query, index, shards, wide) {
    const key = fold(query, index);
    if (!key) return { total: 0, answers: [] };
    const best = new Map(); // by shard and entry: its closest name
    const take = (shard, row, rank, distance) => {
      const score = ((rank * 100 + distance) * 10 + ROLES.indexOf(row[2])) * 1000 + row[0].length;
      const id = shard.entries[row[1]][1];
      const known = best.get(id);
      if (!known || score < known.score) best.set(id, { shard, row, rank, distance, score });
    };
    const own = shards[shardOf(key, index)];
    const typed = query.trim().normalize("NFC");
    let folded = false;
    for (const shard of key.length > 1 ? [own].filter(Boolean) : Object.values(shards)) {
      for (let i = lowest(shard.names, key); i < shard.names.length && shard.names[i][0].startsWith(key); i++) {
        const row = shard.names[i];
        folded ||= row[0] === key;
        if (row[0] !== key) take(shard, row, PREFIX, 0);
        else take(shard, row, (row[3] ?? "").normalize("NFC") === typed ? EXACT : FOLDED, 0);
      }
    }
    if (!folded) byParts(query, index, shards, take);
    if (wide && best.size === 0) byDistance(key, shards, take);
    const order = [...best.values()].sort((a, b) => a.score - b.score);
    return { total: order.length, answers: order.slice(0, LIMIT).map(answered) };
  }

  function answered({ shard, row, rank, distance }) {
    const [kind, id, canonical, source, language] = shard.entries[row[1]];
    return { kind, id, canonical, source, language, role: row[2], text: row[3] ?? "", rank, distance };
  }

  /** A person by surname and something like the given name, in either order. */
  function byParts(query, index, shards, take) {
    const typed = query.split(/[\s,]+/u).filter(Boolean).map((word) => fold(word, index));
    for (const word of words(query)) {
      const key = fold(word, index);
      const shard = key && shards[shardOf(key, index)];
      if (!shard) continue;
      const others = typed.filter((other) => other !== key).join("");
      for (let i = lowest(shard.names, key); i < shard.names.length && shard.names[i][0] === key; i++) {
        const row = shard.names[i];
        const [kind, , canonical] = shard.entries[row[1]];
        if (kind !== "person" || !"ndw".includes(row[2])) continue;
        const given = canonical.split(/\s+/u).map((part) => fold(part, index));
        const nearest = Math.min(...given.map((part) =>
          part[0] === others[0] || (CONFUSED[part[0]] ?? "").includes(others[0])
            ? distance(part, others, 4) : 5));
        take(shard, row, NAMED, nearest);
      }
    }
  }

  function byDistance(key, shards, take) {
    const most = key.length < 4 ? 0 : key.length < 6 ? 1 : key.length < 10 ? 2 : 3;
    const letters = maskOf(key), figures = key.replace(/\P{N}/gu, "");
    for (const shard of Object.values(shards)) {
      shard.masks ??= Int32Array.from(shard.names, (row) => maskOf(row[0]));
      for (let i = 0; i < shard.names.length; i++) {
        if (bits(shard.masks[i] ^ letters) > 2 * most) continue; // an edit changes two at most
        const row = shard.names[i];
        if (row[2] === "i" || Math.abs(row[0].length - key.length) > most) continue;
        if (row[0].replace(/\P{N}/gu, "") !== figures) continue; // S-400 is not S-300 misspelled
        const far = distance(row[0], key, most);
        if (far <= most) take(shard, row, CLOSE, far);
      }
    }
  }

  /** The letters of a key as bits, several letters to one. */
  function maskOf(key) {
    let mask = 0;
    for (let i = 0; i < key.length; i++) mask |= 1 << (key.charCodeAt(i) & 31);
    return mask;
  }

  function bits(mask) {
    mask -= (mask >>> 1) & 0x55555555;
    mask = (mask & 0x33333333) + ((mask >>> 2) & 0x33333333);
    return (((mask + (mask >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }

  /** Edits and exchanges of neighbors between two keys; more than `most` is `most + 1`. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j), row = [];
    for (let i = 1; i <= a.length; i++) {
      row = [i];
      let low = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          row[j] = Math.min(row[j], before[j - 2] + 1);
        if (row[j] < low) low = row[j];
      }
      if (low > most) return most + 1;
      before = last;
      last = row;
    }
    return Math.min(last[b.length], most + 1);
  }

  function lowest(names, key) {
    let low = 0, high = names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (names[middle][0] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return { fold, shardOf, shardsFor, answer, distance, EXACT, FOLDED, NAMED, PREFIX, CLOSE };
})();

if (typeof module !== "undefined") module.exports = Lookup;

if (typeof document !== "undefined") (() => {
  const site = new URL("../", document.currentScript.src);
  const loaded = new Map();
  const MOST = 200; // characters that are looked up

  const SAID = {
    c: "written otherwise", f: "another house style", v: "listed variant", n: "the surname",
    s: "in its own script", o: "another name", d: "derived by a scheme", w: "part of the name",
    i: "id of the entry",
  };

  function load(name) {
    if (!loaded.has(name)) {
      const promise = fetch(new URL(`lookup/${name}.json`, site)).then((response) => {
        if (!response.ok) throw new Error(`${name}: ${response.status}`);
        return response.json();
      });
      promise.catch(() => loaded.delete(name));
      loaded.set(name, promise);
    }
    return loaded.get(name);
  }

  async function find(query) {
    const index = await load("index");
    let found = { total: 0, answers: [] };
    for (const wide of [false, true]) {
      const names = Lookup.shardsFor(query, index, wide);
      const shards = {};
      await Promise.all(names.map(async (name) => { shards[name] = await load(name); }));
      found = Lookup.answer(query, index, shards, wide);
      if (found.total) break;
    }
    return found;
  }

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const RTL = new Set(["ar", "ckb", "dv", "fa", "he", "ks", "ku", "prs", "ps", "sd", "ur", "yi"]);

  function said(one, query) {
    if (one.rank === Lookup.CLOSE) return "similar spelling";
    if (one.rank === Lookup.PREFIX) return one.text ? `also: ${one.text}` : "begins so";
    if (one.rank === Lookup.NAMED) return one.distance < 5 ? "by surname and given name" : "same surname";
    if (one.canonical === query.trim()) return "the right spelling";
    return SAID[one.role];
  }

  function option(one, query, id) {
    const link = element("a", {
      href: new URL(`entry/${one.kind}/${one.id}/index.html`, site).href, tabindex: "-1",
    });
    const typed = query.trim();
    const right = one.canonical === typed;
    if (!right && one.rank <= Lookup.NAMED)
      link.append(element("bdi", { class: "cvfd".includes(one.role) && one.rank <= Lookup.FOLDED ? "lookup__typed" : "" }, typed), element("span", { class: "lookup__to" }, "→"));
    link.append(element("bdi", { class: "lookup__right", translate: "no" }, one.canonical));
    const facts = element("span", { class: "lookup__facts" }, `${one.kind} · ${said(one, query)}`);
    if (one.source)
      facts.append(" · ", element("bdi", { lang: one.language, dir: RTL.has(one.language) ? "rtl" : "ltr", translate: "no" }, one.source));
    link.append(facts);
    return element("li", { role: "option", id, "aria-selected": "false" }, link);
  }

  let boxes = 0;

  /** Makes a box in a place; at home its answers stand below it and its address follows. */
  function box(place, home) {
    const name = `lookup-${++boxes}`;
    const label = element("label", { for: `${name}-input`, class: home ? "lookup__label" : "lookup__hidden" }, "Look up a spelling");
    const input = element("input", {
      id: `${name}-input`, type: "search", role: "combobox", "aria-expanded": "false",
      "aria-controls": `${name}-list`, "aria-autocomplete": "list", autocomplete: "off",
      autocapitalize: "none", spellcheck: "false", maxlength: String(MOST), dir: "auto",
      placeholder: home ? "Kinjal, Кинжал, AS-24 …" : "Look up a spelling", "data-lookup-input": "",
    });
    const list = element("ul", { id: `${name}-list`, role: "listbox", "aria-label": "Entries", class: "lookup__list", hidden: "" });
    const status = element("p", { role: "status", "aria-live": "polite", class: home ? "lookup__status" : "lookup__hidden" });
    const form = element("form", { role: "search", class: `lookup ${home ? "lookup--home" : "lookup--header"}`, action: new URL("index.html", site).href }, label, input, list, status);
    input.name = "q";
    let current = -1, latest = 0, shown = Promise.resolve();

    const options = () => [...list.querySelectorAll("[role=option]")];

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(-1);
    }

    function choose(number) {
      current = number;
      options().forEach((one, i) => one.setAttribute("aria-selected", String(i === number)));
      const one = options()[number];
      if (one) {
        input.setAttribute("aria-activedescendant", one.id);
        one.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    async function search() {
      const query = input.value.slice(0, MOST), turn = ++latest;
      if (home) share(query);
      if (!query.trim()) {
        list.replaceChildren();
        status.textContent = "";
        return show(false);
      }
      let found;
      try {
        found = await find(query);
      } catch {
        if (turn !== latest) return;
        list.replaceChildren();
        show(false);
        status.classList.remove("lookup__hidden");
        status.replaceChildren("The look-up needs the site opened from a server. ", element("a", { href: new URL("glossary/index.html", site).href }, "A to Z"), " works without one.");
        return;
      }
      if (turn !== latest) return;
      list.replaceChildren(...found.answers.map((one, i) => option(one, query, `${name}-${i}`)));
      show(found.total > 0);
      status.textContent = told(found, query);
      list.dataset.query = query;
    }

    function told({ total, answers }, query) {
      if (!total) return `No entry for ${query.trim()}.`;
      const first = answers[0];
      if (total === 1) return `One entry: ${first.canonical}, ${first.kind}.`;
      const more = total > answers.length ? `, ${answers.length} shown` : "";
      return `${total} entries${more}; the first is ${first.canonical}, ${first.kind}.`;
    }

    function go(number) {
      const link = options()[number]?.querySelector("a");
      if (link) location.href = link.href;
    }

    input.addEventListener("input", () => { shown = search(); });
    input.addEventListener("focus", () => { load("index").catch(() => {}); if (options().length) show(true); });
    input.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.key === "ArrowDown" && count) { show(true); choose((current + 1) % count); }
      else if (event.key === "ArrowUp" && count) { show(true); choose((current <= 0 ? count : current) - 1); }
      else if (event.key === "Escape") {
        if (!home && !list.hidden) show(false);
        else { input.value = ""; search(); }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    form.addEventListener("keydown", (event) => event.stopPropagation()); // the theme has keys of its own
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await shown;
      if (list.dataset.query !== input.value) await search();
      go(Math.max(current, 0));
    });
    if (!home) document.addEventListener("click", (event) => { if (!form.contains(event.target)) show(false); });
    place.append(form);
    return { input, search };
  }

  function share(query) {
    const address = new URL(location.href);
    if (query.trim()) address.searchParams.set("q", query.trim());
    else address.searchParams.delete("q");
    try { history.replaceState(history.state, "", address); } catch { /* a file has no address to share */ }
  }

  function start() {
    const home = document.querySelector("[data-lookup]");
    const asked = window.glossaryQuery ?? "";
    if (home) {
      home.replaceChildren();
      const made = box(home, true);
      if (asked) { made.input.value = asked; made.search(); }
      home.closest(".hero")?.querySelectorAll("[data-try]").forEach((one) => one.addEventListener("click", (event) => {
        event.preventDefault();
        made.input.value = one.dataset.try || one.textContent;
        made.input.focus();
        made.search();
      }));
    } else {
      const before = document.querySelector(".md-header__inner > .md-header__option, .md-header__inner > label[for=__search]");
      if (before) {
        const place = element("div", { class: "lookup-place" });
        before.before(place);
        const made = box(place, false);
        if (asked) { made.input.value = asked; made.input.focus(); made.search(); }
      }
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
