// The files of the index (generator/search/front.py and chunks.py say what is in them), each loaded once.
"use strict";

const SITE = new URL("../../../", self.location.href);
const PAIR_HASH = 0x9e3779b1;
const VERSION = 4; // bytes of a digest that stand in a path
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
const chunkOf = (pair, bits) => Math.imul(pair, PAIR_HASH) >>> (32 - bits);
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
    files.wide = index.capacity > 65536;
    files.names = new Uint8Array(names);
    files.#readPages(await unpacked(pages, "deflate-raw"));
    return files;
  }

  #readPages(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    this.occupied = bytes.subarray(0, this.capacity / 8);
    this.slots = slotsIn(this.occupied);
    const count = this.slots.length;
    this.row = new Map(this.slots.map((slot, row) => [slot, row]));
    const column = (at, read) => Array.from({ length: count }, (_, row) => read(at, row));
    let at = this.capacity / 8;
    this.versions = column(at, (from, row) => versionAt(bytes, from + VERSION * row));
    at += VERSION * count;
    this.days = column(at, (from, row) => view.getUint16(from + 2 * row, true));
    at += 2 * count;
    this.groupOf = column(at, (from, row) => view.getUint16(from + 2 * row, true));
    at += 2 * count;
    this.kindOf = bytes.subarray(at, at + count);
    this.titleLengths = bytes.subarray(at + count, at + 2 * count);
  }

  // About how many bytes the chunk of a pair has: what it costs to look the pair up; nothing once it is here.
  cost(pair) {
    const number = chunkOf(pair, this.bits);
    return this.#chunks.has(number) ? 0 : this.names[NAME * number + VERSION] * SIZE_STEP;
  }

  // Pair → its postings, each with its class, for the chunk in which the pair lies.
  chunk(pair) {
    const number = chunkOf(pair, this.bits);
    if (!this.#chunks.has(number)) this.#chunks.set(number, this.#loadChunk(number));
    return this.#chunks.get(number);
  }

  async #loadChunk(number) {
    const version = versionAt(this.names, NAME * number);
    if (version === "00000000") return new Map();
    const response = await load(`search/grams/${hexOf(number, 3)}-${version}.bin`);
    return this.#readChunk(await response.arrayBuffer());
  }

  #readChunk(buffer) {
    const view = new DataView(buffer);
    const count = view.getUint32(0, true);
    const width = this.wide ? 4 : 2;
    const pairs = new Map();
    let at = 4 + 7 * count;
    at += (4 - (at % 4)) % 4;
    for (let n = 0; n < count; n++) {
      const pair = view.getUint32(4 + 4 * n, true);
      const listed = view.getUint16(4 + 4 * count + 2 * n, true);
      const size = listed ? listed * width : this.capacity / 8;
      const posting = { kind: view.getUint8(4 + 6 * count + n), listed, view: new DataView(buffer, at, size) };
      if (pairs.has(pair)) pairs.get(pair).push(posting);
      else pairs.set(pair, [posting]);
      at += size;
    }
    return pairs;
  }

  // Set the bit of each page of a posting.
  mark(bitmap, { listed, view }) {
    if (!listed) {
      for (let at = 0; at < bitmap.length; at++) bitmap[at] |= view.getUint8(at);
    }
    for (let n = 0; n < listed; n++) {
      const slot = this.wide ? view.getUint32(4 * n, true) : view.getUint16(2 * n, true);
      bitmap[slot >> 3] |= 1 << (slot & 7);
    }
  }

  // What a page says: address, title, its other words, text.
  page(slot) {
    if (!this.#texts.has(slot)) this.#texts.set(slot, this.#loadPage(slot));
    return this.#texts.get(slot);
  }

  async #loadPage(slot) {
    const path = `search/pages/${hexOf(slot, 4)}-${this.versions[this.row.get(slot)]}.gz`;
    const bytes = new Uint8Array(await (await load(path)).arrayBuffer());
    // Some servers declare a .gz as an encoding, and then the browser has unpacked it already.
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const content = new TextDecoder().decode(isPacked ? await unpacked(bytes, "gzip") : bytes);
    const [url, title, words, ...text] = content.split("\n");
    return { url, title, words: words ? words.split("\t") : [], text: text.join("\n") };
  }
}

function slotsIn(bitmap) {
  const slots = [];
  for (const [at, byte] of bitmap.entries()) {
    for (let bit = 0; byte >> bit; bit++) if ((byte >> bit) & 1) slots.push(8 * at + bit);
  }
  return slots;
}
