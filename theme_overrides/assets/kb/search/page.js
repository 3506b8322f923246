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
  const { folded, places } = foldWithPlaces(text);
  const found = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
      found.push([places[at], places[at + word.length]]);
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

// The surroundings of the first hit, in parts.
function surroundings(page, words) {
  const lines = page.text.split("\n").filter((line) => fold(line) !== fold(page.title));
  const first = lines.findIndex((line) => words.some((word) => fold(line).includes(word)));
  const line = lines[Math.max(first, 0)] ?? "";
  const [[from] = [0]] = placesIn(line, words);
  const start = from > BEFORE ? from - BEFORE : 0;
  const text = [line.slice(start), ...lines.slice(Math.max(first, 0) + 1, Math.max(first, 0) + 4)].join(" ");
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return inParts(start ? `…${cut}` : cut, words);
}
