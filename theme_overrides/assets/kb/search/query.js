// From what was typed to the pages that may have it: every page that has it is among them (see generator/search/grams.py).
"use strict";

const CLASSES = 8;
const IN_TITLE = 8;
const SHORTEST = 2; // UTF-16 units: what the index can look up
// How many pairs of a word are looked up, measured on 5,700 pages: all of them cost 70 KB in nine queries of ten, these 54.
const FIRST_PAIRS = 3;
const FEW_PAGES = 12; // looking into so many pages costs less than looking up another pair
const MOST_BYTES = 36000; // for the pairs after the first

// The words that were typed, folded; each with the words that mean the same to this company.
function termsOf(typed, synonyms) {
  const words = [...new Set(typed.split(/\s+/u).map(fold).filter(Boolean))];
  return words.map((word) => {
    const groups = synonyms.map((group) => group.map(fold)).filter((group) => group.includes(word));
    return [...new Set([word, ...groups.flat()])];
  });
}

// The pairs of a word: [pair, class of what follows, or null at its end].
function pairsOf(word) {
  return Array.from({ length: word.length - 1 }, (_, at) => [
    (word.charCodeAt(at) | (word.charCodeAt(at + 1) << 16)) >>> 0,
    at + 2 < word.length ? word.charCodeAt(at + 2) % CLASSES : null,
  ]);
}

// Bitmaps of the pages that may have one word in their title, or in their text. The cheapest pairs are looked up first:
// rare ones, which leave few pages; the others only where these leave many.
async function pagesWith(files, word) {
  const pairs = pairsOf(word).sort(([a], [b]) => files.cost(a) - files.cost(b));
  const found = { title: files.occupied.slice(), text: files.occupied.slice() };
  await narrow(files, found, pairs.splice(0, FIRST_PAIRS));
  if (slotsIn(found.text).length <= FEW_PAGES) return found;
  let spent = 0;
  await narrow(files, found, pairs.filter(([pair]) => (spent += files.cost(pair)) <= MOST_BYTES));
  return found;
}

async function narrow(files, found, pairs) {
  const chunks = await Promise.all(pairs.map(([pair]) => files.chunk(pair)));
  for (const [n, [pair, follows]] of pairs.entries()) {
    const postings = chunks[n].get(pair) ?? [];
    for (const [place, extra] of [["title", IN_TITLE], ["text", 0]]) {
      const bitmap = new Uint8Array(files.capacity / 8);
      for (const posting of postings) {
        const isHere = (posting.kind & IN_TITLE) === extra;
        if (isHere && (follows === null || posting.kind - extra === follows)) files.mark(bitmap, posting);
      }
      for (let at = 0; at < bitmap.length; at++) found[place][at] &= bitmap[at];
    }
  }
}

// Pages that may have every term, best first: { slot, tier }. null when no word is long enough to be looked up.
async function candidates(files, terms) {
  const looked = terms.filter((words) => words[0].length >= SHORTEST);
  if (!looked.length) return null;
  const perTerm = await Promise.all(looked.map((words) => anyOf(files, words.filter((w) => w.length >= SHORTEST))));
  const either = files.occupied.slice();
  const inTitle = files.occupied.slice();
  for (const { title, text } of perTerm) {
    for (let at = 0; at < either.length; at++) {
      either[at] &= title[at] | text[at];
      inTitle[at] &= title[at];
    }
  }
  const typedLength = terms.reduce((sum, [word]) => sum + word.length, 0);
  return slotsIn(either).map((slot) => {
    const named = (inTitle[slot >> 3] >> (slot & 7)) & 1;
    const isWhole = named && files.titleLengths[files.row.get(slot)] === Math.min(typedLength, 255);
    return { slot, tier: isWhole ? Tier.WHOLE_TITLE : named ? Tier.TITLE : Tier.TEXT };
  });
}

async function anyOf(files, words) {
  const [first, ...others] = await Promise.all(words.map((word) => pagesWith(files, word)));
  for (const { title, text } of others) {
    for (let at = 0; at < first.title.length; at++) {
      first.title[at] |= title[at];
      first.text[at] |= text[at];
    }
  }
  return first;
}
