// From what was typed to the pages that may have it: every page that has it is among them (see generator/search/grams.py).
"use strict";

const CLASSES = 8;
const IN_TITLE = 8;
const SHORTEST = 2; // UTF-16 units: what the index can look up
const MOST_PAIRS = 8; // of one word; more cost bytes and rule out few pages

// The words that were typed, folded; each with the words that mean the same to this company.
function termsOf(typed, synonyms) {
  const words = [...new Set(typed.split(/\s+/u).map(fold).filter(Boolean))];
  return words.map((word) => {
    const groups = synonyms.map((group) => group.map(fold)).filter((group) => group.includes(word));
    return [...new Set([word, ...groups.flat()])];
  });
}

// [pair, class of what follows or null when unknown], at most MOST_PAIRS of them, evenly spread.
function pairsOf(word) {
  const all = [];
  for (let at = 0; at + 1 < word.length; at++) {
    const follows = at + 2 < word.length ? word.charCodeAt(at + 2) % CLASSES : null;
    all.push([(word.charCodeAt(at) | (word.charCodeAt(at + 1) << 16)) >>> 0, follows]);
  }
  if (all.length <= MOST_PAIRS) return all;
  return Array.from({ length: MOST_PAIRS }, (_, n) => all[Math.round((n * (all.length - 1)) / (MOST_PAIRS - 1))]);
}

// Bitmaps of the pages that may have one word in their title, or in their text.
async function pagesWith(files, word) {
  const pairs = pairsOf(word);
  const chunks = await Promise.all(pairs.map(([pair]) => files.chunk(pair)));
  const found = { title: files.occupied.slice(), text: files.occupied.slice() };
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
  return found;
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
