// One search from beginning to end.
"use strict";

const EPOCH = Date.UTC(2000, 0, 1);
const DAY = 86400000; // milliseconds
const MISSES = 4; // pages without what was typed, after which more pairs are looked up
const AT_ONCE = 24; // pages that are asked for together; a browser has six connections to a server

let opening = null;

// As `find` does. What fails with files that an earlier question opened is asked for once more with those of now: the
// next edition may have replaced the index meanwhile, and not every reader presses another key.
async function search(...question) {
  const wasOpen = opening !== null;
  try {
    return await answerTo(question);
  } catch (error) {
    if (!wasOpen) throw error;
    return answerTo(question);
  }
}

// After a failure everything is opened anew, so that a lost connection does not last until the page is closed.
async function answerTo(question) {
  const files = (opening ??= SearchFiles.open());
  try {
    return await find(await files, ...question);
  } catch (error) {
    if (opening === files) opening = null;
    throw error;
  }
}

// Find what was typed. `wanted` is how many hits to return; `filter` may name a kind, a department and a year. When
// there are hits, no page is looked into for others after `most` files of pages.
// Returns { state: "empty" | "short" | "found", hits, total, isExact, choices }: every hit was found in its page's
// text; `total` counts those that may have it where `isExact` is false.
async function find(files, typed, wanted, filter = {}, most = Infinity) {
  if (!fold(typed)) return { state: "empty" };
  const terms = termsOf(typed, files.synonyms);
  const all = await candidates(files, terms);
  if (all === null) return { state: "short" };
  const queue = all.filter(({ slot }) => fits(files, slot, filter));
  queue.sort((a, b) => byRank(files, a, b));
  const { hits, missed, total } = await firstHits(files, queue, terms, wanted, most);
  const isExact = total === hits.length || terms.flat().every((word) => word.length <= SHORTEST);
  return { state: "found", hits: hits.map((hit) => described(files, hit, terms)), total, isExact, missed, choices: choicesOf(files, all) };
}

const byRank = (files, a, b) =>
  a.tier - b.tier || isLast(files, a.slot) - isLast(files, b.slot) || dayOf(files, b.slot) - dayOf(files, a.slot) || a.slot - b.slot;
const isLast = (files, slot) => files.last.includes(files.kindOf[files.row[slot]]);
const dayOf = (files, slot) => files.days[files.row[slot]];
const yearOf = (day) => (day ? new Date(EPOCH + day * DAY).getUTCFullYear() : null);

function fits(files, slot, { kind, department, year }) {
  const row = files.row[slot];
  return (
    (!kind || files.kinds[files.kindOf[row]] === kind) &&
    (!department || files.groups[files.groupOf[row]].some((number) => files.departments[number] === department)) &&
    (!year || yearOf(files.days[row]) === Number(year))
  );
}

// Takes from the queue until `wanted` pages are found to have what was typed; a page that has it in a lesser place
// than the index could tell goes back to where it belongs.
async function firstHits(files, queue, terms, wanted, most) {
  const hits = [];
  let missed = 0;
  let left = most;
  let isNarrowed = false;
  while (hits.length < wanted && queue.length && (left > 0 || !hits.length)) {
    if (missed >= MISSES && !isNarrowed) {
      isNarrowed = true;
      const still = new Set((await candidates(files, terms, MORE_BYTES)).map(({ slot }) => slot));
      queue = queue.filter(({ slot, page }) => page || still.has(slot));
    }
    const next = queue.splice(0, Math.min(wanted - hits.length, AT_ONCE, Math.max(left, 1)));
    const pages = await Promise.all(next.map((candidate) => candidate.page ?? read(files, candidate, terms)));
    for (const [n, page] of pages.entries()) if (!next[n].page) left -= page.partCount;
    const lesser = [];
    for (const [n, page] of pages.entries()) {
      const tier = tierOf(page, terms);
      if (tier === null) missed++;
      else if (tier === next[n].tier && !lesser.length) hits.push({ ...next[n], page });
      else lesser.push({ ...next[n], tier, page });
    }
    if (lesser.length) {
      queue.push(...lesser);
      queue.sort((a, b) => byRank(files, a, b));
    }
  }
  return { hits, missed, total: hits.length + queue.length };
}

// What a page says in the parts that may have the terms; `partCount` is how many were needed. A page of questions has
// dozens: of what the first do not say, each step asks for twice as many, so that one more answer spares half of them.
async function read(files, { parts, more }, terms) {
  const all = [...new Set([...parts, ...more])];
  for (let count = parts.length; ; count *= 2) {
    const some = await Promise.all(all.slice(0, count).map((part) => files.part(part)));
    const page = joined(some);
    if (count >= all.length || tierOf(page, terms) !== null) return { ...page, partCount: some.length };
  }
}

const joined = (parts) => ({
  ...parts[0],
  words: parts.flatMap(({ words }) => words),
  lines: parts.flatMap(({ lines }) => lines),
});

function described(files, { slot, page, tier }, terms) {
  const row = files.row[slot];
  const day = files.days[row] && new Date(EPOCH + files.days[row] * DAY);
  const { anchor, parts } = surroundings(page, terms.flat());
  return {
    url: page.url.split("/").map(encodeURIComponent).join("/"),
    anchor: tier > Tier.TITLE ? encodeURIComponent(anchor) : "",
    title: inParts(page.title, terms.flat()),
    text: parts,
    kind: files.kinds[files.kindOf[row]],
    iso: day ? day.toISOString().slice(0, 10) : "",
    day: day ? `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日` : "",
  };
}

// What the reader may choose from, with how many pages each has: [name, count].
function choicesOf(files, all) {
  const counts = { kind: new Map(), department: new Map(), year: new Map() };
  const count = (choice, name) => counts[choice].set(name, (counts[choice].get(name) ?? 0) + 1);
  for (const { slot } of all) {
    const row = files.row[slot];
    count("kind", files.kinds[files.kindOf[row]]);
    for (const number of files.groups[files.groupOf[row]]) count("department", files.departments[number]);
    if (files.days[row]) count("year", yearOf(files.days[row]));
  }
  const newestFirst = ([a], [b]) => b - a;
  const mostFirst = ([a, m], [b, n]) => n - m || (a < b ? -1 : 1);
  return {
    kind: [...counts.kind].sort(mostFirst),
    department: [...counts.department].sort(mostFirst),
    year: [...counts.year].sort(newestFirst),
  };
}
