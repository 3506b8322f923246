// One page against the words that were typed: whether it truly has them, and where.
"use strict";

// Best first: the title is what was typed; all words stand in the title (or among the page's other words); the rest.
const Tier = Object.freeze({ WHOLE_TITLE: 0, TITLE: 1, TEXT: 2 });
const BEFORE = 24; // characters of the text that are shown before a hit
const SHOWN = 110; // characters of the text that are shown in all

// The page's tier, or null when a word is missing.
function tierOf(page, terms) {
  const title = fold(page.title);
  const named = [title, ...page.words.map(fold)];
  const text = fold(page.text);
  const has = (word) => named.some((name) => name.includes(word));
  if (!terms.every((words) => words.some((word) => has(word) || text.includes(word)))) return null;
  if (title === terms.map(([word]) => word).join("")) return Tier.WHOLE_TITLE;
  return terms.every((words) => words.some(has)) ? Tier.TITLE : Tier.TEXT;
}

// [from, to] of every place in `text` where one of the words stands, in order, not overlapping.
function placesIn(text, words) {
  const { folded, begins, ends } = foldWithPlaces(text);
  const found = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
      found.push([begins[at], ends[at + word.length - 1]]);
    }
  }
  found.sort(([a], [b]) => a - b);
  return found.filter(([from], n) => n === 0 || from >= Math.max(...found.slice(0, n).map(([, to]) => to)));
}

// `text` in parts: [words, whether they are a hit].
function inParts(text, words) {
  const parts = [];
  let done = 0;
  for (const [from, to] of placesIn(text, words)) {
    parts.push([text.slice(done, from), false], [text.slice(from, to), true]);
    done = to;
  }
  parts.push([text.slice(done), false]);
  return parts.filter(([part]) => part);
}

// The surroundings of the first hit, in parts; a hit never reaches over the end of a block.
function surroundings(page, words) {
  const title = fold(page.title);
  const all = page.text.split("\n");
  const isHit = (line) => words.some((word) => fold(line).includes(word));
  // What stands above the title names the section, and the title is shown already.
  const below = all.slice(all.findIndex((line) => fold(line) === title) + 1);
  const lines = below.some(isHit) ? below : all;
  const first = Math.max(0, lines.findIndex(isHit));
  const [[from] = [0]] = placesIn(lines[first] ?? "", words);
  const start = Math.max(0, from - BEFORE);
  const shown = [`${start ? "…" : ""}${(lines[first] ?? "").slice(start)}`, ...lines.slice(first + 1, first + 4)];
  return cut(shown.flatMap((line) => [...inParts(line, words), [" ", false]]));
}

function cut(parts) {
  const kept = [];
  let left = SHOWN;
  for (const [text, isHit] of parts) {
    if (left <= 0) return [...kept, ["…", false]];
    kept.push([text.length > left && !isHit ? text.slice(0, left) : text, isHit]);
    left -= text.length;
  }
  return kept;
}
