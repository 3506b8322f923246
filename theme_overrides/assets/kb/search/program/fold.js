// Which ways of writing count as the same; the rules are those of generator/search/fold.py, and a test compares both.
"use strict";

const DROPPED =
  /[\u0000-\u0009\u000b-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u1680\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u30fc\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]+/gu;
// A character with everything behind it that may join with it: ﾊﾟ is パ, か゛ is が.
const PIECE = /.[\p{M}\uff9e\uff9f\u1160-\u11ff\u3131-\u318e\ud7b0-\ud7ff\uffa0-\uffdc]*/gsu;

function fold(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll("ς", "σ").replace(DROPPED, "");
}

// The folded text with, for each of its units, where the piece of `text` that it comes from begins and ends.
function foldWithPlaces(text) {
  let folded = "";
  const begins = [];
  const ends = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const part = fold(piece);
    for (let unit = 0; unit < part.length; unit++) {
      begins.push(index);
      ends.push(index + piece.length);
    }
    folded += part;
  }
  return { folded, begins, ends };
}
