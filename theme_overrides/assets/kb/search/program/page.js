// One page against the words that were typed: whether it truly has them, and where.
"use strict";

// Best first: the title is what was typed; all words stand in the title (or among the page's other words); they stand
// together in the text, as surname and given name do; the rest.
const Tier = Object.freeze({ WHOLE_TITLE: 0, TITLE: 1, TOGETHER: 2, TEXT: 3 });
const BEFORE = 24; // characters of the text that are shown before a hit
const SHOWN = 110; // characters of the text that are shown in all

// The page's tier, or null when a word is missing.
function tierOf(page, terms) {
  const title = fold(page.title);
  const named = [title, ...page.words.map(fold)];
  const text = page.lines.map((line) => fold(line.text)).join("\n");
  const names = (word) => named.some((name) => name.includes(word));
  if (!terms.every((words) => words.some((word) => names(word) || text.includes(word)))) return null;
  const typed = terms.map(([word]) => word).join("");
  if (title === typed) return Tier.WHOLE_TITLE;
  if (terms.every((words) => words.some(names))) return Tier.TITLE;
  return text.includes(typed) ? Tier.TOGETHER : Tier.TEXT;
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

// Where to read on: the anchor of the section with the first hit, and the hit's surroundings in parts. A section whose
// heading has a word comes before one that only speaks of it; a hit never reaches over the end of a block.
function surroundings(page, words) {
  const title = fold(page.title);
  const all = page.lines;
  const isHit = (line) => words.some((word) => fold(line.text).includes(word));
  // What stands above the title names the section, and the title is shown already.
  const below = all.slice(all.findIndex(({ text }) => fold(text) === title) + 1);
  const hit = below.find((line) => line.anchor && isHit(line)) ?? below.find(isHit) ?? all.find(isHit);
  const first = hit ?? below.find(({ isBeside }) => !isBeside) ?? { text: "" };
  const [[from] = [0]] = placesIn(first.text, words);
  const start = Math.max(0, from - BEFORE);
  const at = all.indexOf(first) + 1;
  const following = all.slice(at).filter(({ isBeside }) => !isBeside).slice(0, 3);
  const shown = [`${start ? "…" : ""}${first.text.slice(start)}`, ...following.map(({ text }) => text)];
  const { anchor = "" } = hit ? (all.slice(0, at).findLast((line) => line.anchor) ?? {}) : {};
  return { anchor, parts: cut(shown.flatMap((line) => [...inParts(line, words), [" ", false]])) };
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
