// The files of the index (generator/search/front.py and chunks.py say what is in them), each loaded once.
"use strict";

const SITE = new URL("../../../", self.location.href);
const PAIR_HASH = 0x9e3779b1;
const QUARTER_HASH = 0x85ebca6b;
const VERSION = 4; // bytes of a digest that stand in a path
const CLASSES = 32;
const FEWEST_BITS_IN_QUARTERS = 10;
const SIZE_STEP = 128; // bytes

async function load(path, options, asked = fetch(new URL(path, SITE), options)) {
  const response = await asked;
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

// What a response holds packed. Bytes that are here already are made one, not a Blob: browsers keep those in another
// process, and to get nine back took longer than to unpack them.
async function unpacked(response, format) {
  return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream(format))).arrayBuffer());
}

const hexOf = (number, digits) => number.toString(16).padStart(digits, "0");

// The chunks of a shard in which a pair lies that a unit of this class follows; of many, a quarter of the classes lies in each.
function chunksIn({ bits, firstChunk }, pair, follows) {
  const all = bits < FEWEST_BITS_IN_QUARTERS ? [0] : [0, 1, 2, 3];
  const quarters = follows === null ? all : [all.length > 1 ? follows >> 3 : 0];
  return quarters.map((quarter) => firstChunk + (Math.imul(pair ^ Math.imul(quarter, QUARTER_HASH), PAIR_HASH) >>> (32 - bits)));
}

// One of a list of versions, as it stands in a path.
const versionAt = (versions, number) =>
  [...versions.subarray(VERSION * number, VERSION * (number + 1))].map((byte) => hexOf(byte, 2)).join("");

// The only files whose names stay, and so may be kept only as long as the server says that they are the same; all others
// are named by what is in them.
async function loadFront() {
  const asked = self.front ?? []; // by the dialog's worker, before this program was there
  self.front = null;
  const loaded = ["search/index.json", "search/index.bin"].map((path, n) => load(path, { cache: "no-cache" }, asked[n]));
  const [index, lists] = await Promise.all(loaded);
  const front = { index: await index.json(), lists: new Uint8Array(await lists.arrayBuffer()) };
  return { ...front, isOfOneBuild: versionAt(front.lists, 0) === front.index.lists };
}

class SearchFiles {
  #chunks = new Map();
  #texts = new Map();

  // What every query needs.
  static async open() {
    let front = await loadFront();
    // The next edition may have come between the two files.
    if (!front.isOfOneBuild) front = await loadFront();
    if (!front.isOfOneBuild) throw new Error("search/index.json and search/index.bin are of different builds");
    const files = new SearchFiles();
    Object.assign(files, front.index);
    files.#countThrough();
    files.#readLists(await unpacked(new Response(front.lists.subarray(VERSION)), "deflate-raw"));
    return files;
  }

  // Slots and chunks are numbered through all shards.
  #countThrough() {
    this.capacity = 0;
    this.chunkCount = 0;
    this.shards = this.shards.map(([capacity, bits]) => {
      const shard = { capacity, bits, firstSlot: this.capacity, firstChunk: this.chunkCount };
      this.capacity += capacity;
      this.chunkCount += 1 << bits;
      return shard;
    });
  }

  #readLists(bytes) {
    let at = 0;
    const column = (length) => bytes.subarray(at, (at += length));
    this.chunkVersions = column(VERSION * this.chunkCount);
    this.chunkSizes = column(this.chunkCount);
    this.occupied = column(this.capacity / 8);
    const slots = slotsIn(this.occupied);
    const count = slots.length;
    // The low bytes of all numbers stand before the high ones.
    const pairsOfBytes = () => {
      const [low, high, numbers] = [column(count), column(count), new Uint16Array(count)];
      for (let row = 0; row < count; row++) numbers[row] = low[row] | (high[row] << 8);
      return numbers;
    };
    this.versions = column(VERSION * count);
    this.days = pairsOfBytes();
    this.groupOf = pairsOfBytes();
    this.kindOf = column(count);
    this.titleLengths = column(count);
    this.row = new Uint32Array(this.capacity); // of an occupied slot
    for (let row = 0; row < count; row++) this.row[slots[row]] = row;
    this.partsOf = new Map();
    for (const [part, first] of this.parts) this.partsOf.set(first, [...(this.partsOf.get(first) ?? [first]), part]);
  }

  // About how many bytes it costs to look a pair up that a unit of this class follows; nothing for what is here.
  cost(pair, follows) {
    const numbers = this.shards.flatMap((shard) => chunksIn(shard, pair, follows));
    const missing = numbers.filter((number) => !this.#chunks.has(number));
    return missing.reduce((sum, number) => sum + this.chunkSizes[number] * SIZE_STEP, 0);
  }

  // The postings of a pair that a unit of this class follows, or any where it is null.
  async postings(pair, follows) {
    const places = this.shards.flatMap((shard) => chunksIn(shard, pair, follows).map((number) => [shard, number]));
    const chunks = await Promise.all(places.map(([, number]) => this.#chunk(number)));
    const postings = chunks.flatMap((chunk, n) => (chunk ? this.#postingsIn(chunk, places[n][0], pair) : []));
    return postings.filter(({ kind }) => follows === null || kind % CLASSES === follows);
  }

  // A chunk unpacked; null for an empty one.
  #chunk(number) {
    if (!this.#chunks.has(number)) this.#chunks.set(number, this.#loadChunk(number));
    return this.#chunks.get(number);
  }

  async #loadChunk(number) {
    const version = versionAt(this.chunkVersions, number);
    if (version === "00000000") return null;
    return unpacked(await load(`search/grams/${hexOf(number, 3)}-${version}.bin`), "deflate-raw");
  }

  // Of the hundreds of pairs in a chunk only the one that is looked for is read: { kind, firstSlot, slots or bitmap } by
  // class; slots are counted from the first of the shard.
  #postingsIn(bytes, { capacity, firstSlot }, wanted) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const count = view.getUint32(0, true);
    const width = capacity > 65536 ? 4 : 2;
    const listed = (n) => view.getUint16(4 + 4 * count + 2 * n, true);
    let total = 0;
    for (let n = 0; n < count; n++) total += listed(n);
    const lists = 4 + 7 * count;
    const slotAt = (at) => {
      let slot = 0;
      for (let byte = 0; byte < width; byte++) slot |= bytes[lists + byte * total + at] << (8 * byte);
      return slot;
    };
    const postings = [];
    let done = 0;
    let bitmaps = lists + width * total;
    for (let n = 0; n < count; n++) {
      const length = listed(n);
      if (view.getUint32(4 + 4 * n, true) === wanted) {
        const kind = bytes[4 + 6 * count + n];
        if (length) postings.push({ kind, firstSlot, slots: Array.from({ length }, (_, at) => slotAt(done + at)) });
        else postings.push({ kind, firstSlot, bitmap: bytes.subarray(bitmaps, bitmaps + capacity / 8) });
      }
      if (length) done += length;
      else bitmaps += capacity / 8;
    }
    return postings;
  }

  // What a part of a page says: address, title, its other words, lines.
  part(slot) {
    if (!this.#texts.has(slot)) this.#texts.set(slot, this.#loadPart(slot));
    return this.#texts.get(slot);
  }

  async #loadPart(slot) {
    const path = `search/pages/${hexOf(slot, 4)}-${versionAt(this.versions, this.row[slot])}.gz`;
    const bytes = new Uint8Array(await (await load(path)).arrayBuffer());
    // Some servers declare a .gz as an encoding, and then the browser has unpacked it already.
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const content = new TextDecoder().decode(isPacked ? await unpacked(new Response(bytes), "gzip") : bytes);
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
  for (let at = 0; at < bitmap.length; at++) {
    for (let bit = 0; bitmap[at] >> bit; bit++) if ((bitmap[at] >> bit) & 1) slots.push(8 * at + bit);
  }
  return slots;
}
