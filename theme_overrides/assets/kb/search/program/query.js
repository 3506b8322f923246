// From what was typed to the pages that may have it: every page that has it is among them (see generator/search/grams.py).
"use strict";

const IN_TITLE = 32;
const SHORTEST = 2; // UTF-16 units: what the index can look up
const MOST_BYTES = 14000; // for the pairs after the first of each word
const MORE_BYTES = 10000; // for yet more of them, when that let too many pages through

// What stands between quotation marks is one word, as in other searches; the marks are not looked for.
const WORD = /["“”＂]([^"“”＂]+)["“”＂]|\S+/gu;

// The words that were typed, folded; each with the words that mean the same to this company.
function termsOf(typed, synonyms) {
  const typedWords = Array.from(typed.matchAll(WORD), ([word, quoted]) => fold(quoted ?? word));
  const words = [...new Set(typedWords.filter(Boolean))];
  return words.map((word) => {
    const groups = synonyms.map((group) => group.map(fold)).filter((group) => group.includes(word));
    return [...new Set([word, ...groups.flat()])];
  });
}

// The pairs of a word: [pair, class of what follows, or null at its end].
function pairsOf(word) {
  return Array.from({ length: Math.max(word.length - 1, 0) }, (_, at) => [
    (word.charCodeAt(at) | (word.charCodeAt(at + 1) << 16)) >>> 0,
    at + 2 < word.length ? word.charCodeAt(at + 2) % CLASSES : null,
  ]);
}

// Bitmaps of the parts that may have one word in their page's title, or in their text. The cheapest pair, a rare one,
// leaves few pages: it is looked up, and the others while `budget` lasts. All at once: to see first how many pages the
// cheapest leaves would spare some bytes and cost every reader a round trip.
async function partsWith(files, word, budget) {
  const [first, ...others] = pairsOf(word).sort((a, b) => files.cost(...a) - files.cost(...b));
  const found = { title: files.occupied.slice(), text: files.occupied.slice() };
  await narrow(files, found, [first, ...others.filter((pair) => (budget.bytes -= files.cost(...pair)) >= 0)]);
  return found;
}

async function narrow(files, found, pairs) {
  for (const postings of await Promise.all(pairs.map((pair) => files.postings(...pair)))) {
    for (const [place, extra] of [["title", IN_TITLE], ["text", 0]]) {
      const bitmap = new Uint8Array(files.capacity / 8);
      for (const posting of postings) if ((posting.kind & IN_TITLE) === extra) mark(bitmap, posting);
      for (let at = 0; at < bitmap.length; at++) found[place][at] &= bitmap[at];
    }
  }
}

// Set the bit of each part of a posting.
function mark(all, { firstSlot, slots, bitmap: marked }) {
  const bitmap = all.subarray(firstSlot / 8);
  if (marked) for (let at = 0; at < marked.length; at++) bitmap[at] |= marked[at];
  else for (const slot of slots) bitmap[slot >> 3] |= 1 << (slot & 7);
}

const has = (bitmap, slot) => (bitmap[slot >> 3] >> (slot & 7)) & 1;

// Of the parts of a page only the first stays, and has what any had.
function pagesOf(files, bitmap) {
  const pages = bitmap.slice();
  for (const [part, first] of files.parts) {
    if (has(bitmap, part)) pages[first >> 3] |= 1 << (first & 7);
    pages[part >> 3] &= ~(1 << (part & 7));
  }
  return pages;
}

// Pages that may have every term: { slot, tier, parts, more }; the terms are in `parts`, or else in `more`. null when no
// word is long enough to be looked up.
async function candidates(files, terms, bytes = MOST_BYTES) {
  const looked = terms.filter((words) => words[0].length >= SHORTEST);
  if (!looked.length) return null;
  const budget = { bytes };
  const [together, ...perTerm] = await Promise.all([
    pagesWithJoints(files, terms),
    ...looked.map((words) => anyOf(files, words.filter((word) => word.length >= SHORTEST), budget)),
  ]);
  const either = pagesOf(files, files.occupied);
  const inTitle = either.slice();
  for (const { title, text } of perTerm) {
    const pages = pagesOf(files, title.map((byte, at) => byte | text[at]));
    for (let at = 0; at < either.length; at++) {
      either[at] &= pages[at];
      inTitle[at] &= title[at];
    }
  }
  const typedLength = terms.reduce((sum, [word]) => sum + word.length, 0);
  const tierOfSlot = (slot) => {
    if (!has(inTitle, slot)) return has(together, slot) ? Tier.TOGETHER : Tier.TEXT;
    return files.titleLengths[files.row[slot]] === Math.min(typedLength, 255) ? Tier.WHOLE_TITLE : Tier.TITLE;
  };
  const isAllLooked = looked.length === terms.length;
  return slotsIn(either).map((slot) => ({ slot, tier: tierOfSlot(slot), ...partsFor(files, slot, perTerm, isAllLooked) }));
}

// Pages in whose text the words may stand one behind the other; all, when there is one word.
async function pagesWithJoints(files, terms) {
  const found = { title: files.occupied.slice(), text: files.occupied.slice() };
  const typed = terms.map(([word]) => word).join("");
  let end = 0;
  const joints = terms.slice(0, -1).map(([word]) => (end += word.length) - 1);
  // The pair over a joint, and the one before it with what follows.
  await narrow(files, found, pairsOf(typed).filter((_, at) => joints.includes(at) || joints.includes(at + 1)));
  return pagesOf(files, found.text);
}

// Of each term the first part of the page that may have it; and every part that may have one.
function partsFor(files, slot, perTerm, isAllLooked) {
  const all = files.partsOf.get(slot);
  if (!all) return { parts: [slot], more: [] };
  const having = perTerm.map(({ title, text }) => all.filter((part) => has(title, part) || has(text, part)));
  const parts = new Set(having.map(([first]) => first));
  return { parts: [...parts], more: isAllLooked ? [...new Set(having.flat())] : all };
}

async function anyOf(files, words, budget) {
  const [first, ...others] = await Promise.all(words.map((word) => partsWith(files, word, budget)));
  for (const { title, text } of others) {
    for (let at = 0; at < first.title.length; at++) {
      first.title[at] |= title[at];
      first.text[at] |= text[at];
    }
  }
  return first;
}
