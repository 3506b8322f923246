// The files of the index (generator/search/front.py and chunks.py say what is in them), each loaded once.
"use strict";

const SITE = new URL("../../../", self.location.href);
const PAIR_HASH = 0x9e3779b1;
const QUARTER_HASH = 0x85ebca6b;
const VERSION = 4; // bytes of a digest that stand in a path
const CLASSES = 32;
const NAME = VERSION + 1; // bytes a chunk has in the list of names: its version and its size
const SIZE_STEP = 128; // bytes

async function load(path, options) {
  const response = await fetch(new URL(path, SITE), options);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function unpacked(bytes, format) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const hexOf = (number, digits) => number.toString(16).padStart(digits, "0");

// The chunks in which a pair lies that a unit of this class follows; a quarter of the classes lies in each.
function chunksOf(pair, follows, bits) {
  const quarters = follows === null ? [0, 1, 2, 3] : [follows >> 3];
  return quarters.map((quarter) => Math.imul(pair ^ Math.imul(quarter, QUARTER_HASH), PAIR_HASH) >>> (32 - bits));
}

const versionAt = (bytes, at) => [...bytes.subarray(at, at + VERSION)].map((byte) => hexOf(byte, 2)).join("");

class SearchFiles {
  #chunks = new Map();
  #texts = new Map();

  // The three files that a first query needs.
  static async open() {
    const files = new SearchFiles();
    // The only file whose name stays: everything else is named by what is in it and may be kept.
    const index = await (await load("search/index.json", { cache: "no-cache" })).json();
    const [names, pages] = await Promise.all(
      ["names", "pages"].map(async (name) => (await load(`search/${name}-${index[name]}.bin`)).arrayBuffer()),
    );
    Object.assign(files, index);
    files.names = new Uint8Array(names);
    files.#readPages(await unpacked(pages, "deflate-raw"));
    return files;
  }

  #readPages(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    this.occupied = bytes.subarray(0, this.capacity / 8);
    const slots = slotsIn(this.occupied);
    const count = slots.length;
    this.row = new Map(slots.map((slot, row) => [slot, row]));
    const column = (at, read) => Array.from({ length: count }, (_, row) => read(at, row));
    let at = this.capacity / 8;
    this.versions = bytes.subarray(at, at + VERSION * count);
    at += VERSION * count;
    this.days = column(at, (from, row) => view.getUint16(from + 2 * row, true));
    at += 2 * count;
    this.groupOf = column(at, (from, row) => view.getUint16(from + 2 * row, true));
    at += 2 * count;
    this.kindOf = bytes.subarray(at, at + count);
    this.titleLengths = bytes.subarray(at + count, at + 2 * count);
    this.partsOf = new Map();
    for (const [part, first] of this.parts) this.partsOf.set(first, [...(this.partsOf.get(first) ?? [first]), part]);
  }

  // About how many bytes it costs to look a pair up that a unit of this class follows; nothing for what is here.
  cost(pair, follows) {
    const missing = chunksOf(pair, follows, this.bits).filter((number) => !this.#chunks.has(number));
    return missing.reduce((sum, number) => sum + this.names[NAME * number + VERSION] * SIZE_STEP, 0);
  }

  // The postings of a pair that a unit of this class follows, or any where it is null.
  async postings(pair, follows) {
    const numbers = chunksOf(pair, follows, this.bits);
    const chunks = await Promise.all(numbers.map((number) => this.#chunk(number)));
    const postings = chunks.flatMap((chunk) => chunk.get(pair) ?? []);
    return postings.filter(({ kind }) => follows === null || kind % CLASSES === follows);
  }

  // Pair → its postings, each with its class.
  #chunk(number) {
    if (!this.#chunks.has(number)) this.#chunks.set(number, this.#loadChunk(number));
    return this.#chunks.get(number);
  }

  async #loadChunk(number) {
    const version = versionAt(this.names, NAME * number);
    if (version === "00000000") return new Map();
    const response = await load(`search/grams/${hexOf(number, 3)}-${version}.bin`);
    return this.#readChunk(await unpacked(await response.arrayBuffer(), "deflate-raw"));
  }

  #readChunk(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const count = view.getUint32(0, true);
    const width = this.capacity > 65536 ? 4 : 2;
    const listed = Array.from({ length: count }, (_, n) => view.getUint16(4 + 4 * count + 2 * n, true));
    const total = listed.reduce((sum, number) => sum + number, 0);
    const lists = 4 + 7 * count;
    const slotAt = (at) => {
      let slot = 0;
      for (let byte = 0; byte < width; byte++) slot |= bytes[lists + byte * total + at] << (8 * byte);
      return slot;
    };
    const pairs = new Map();
    let done = 0;
    let bitmaps = lists + width * total;
    for (let n = 0; n < count; n++) {
      const pair = view.getUint32(4 + 4 * n, true);
      const posting = { kind: bytes[4 + 6 * count + n] };
      if (listed[n]) posting.slots = Array.from({ length: listed[n] }, () => slotAt(done++));
      else posting.bitmap = bytes.subarray(bitmaps, (bitmaps += this.capacity / 8));
      if (pairs.has(pair)) pairs.get(pair).push(posting);
      else pairs.set(pair, [posting]);
    }
    return pairs;
  }

  // What a part of a page says: address, title, its other words, lines.
  part(slot) {
    if (!this.#texts.has(slot)) this.#texts.set(slot, this.#loadPart(slot));
    return this.#texts.get(slot);
  }

  async #loadPart(slot) {
    const path = `search/pages/${hexOf(slot, 4)}-${versionAt(this.versions, VERSION * this.row.get(slot))}.gz`;
    const bytes = new Uint8Array(await (await load(path)).arrayBuffer());
    // Some servers declare a .gz as an encoding, and then the browser has unpacked it already.
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const content = new TextDecoder().decode(isPacked ? await unpacked(bytes, "gzip") : bytes);
    const [url, title, words, ...text] = content.split("\n");
    return { url, title, words: words ? words.split("\t") : [], lines: text.map(lineOf) };
  }
}

// A tab ends the anchor of the section that begins; with nothing before it the line stands beside the text.
function lineOf(line) {
  const mark = line.indexOf("\t");
  return { text: line.slice(mark + 1), anchor: line.slice(0, Math.max(mark, 0)), isBeside: mark === 0 };
}

function slotsIn(bitmap) {
  const slots = [];
  for (const [at, byte] of bitmap.entries()) {
    for (let bit = 0; byte >> bit; bit++) if ((byte >> bit) & 1) slots.push(8 * at + bit);
  }
  return slots;
}
