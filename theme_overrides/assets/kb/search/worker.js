// Material's search worker, replaced as its configuration allows: the same messages, another index.
// Nothing more is loaded before a reader opens the dialog: field.js then asks for a space.
"use strict";

const READY = 1;
const QUERY = 2;
const RESULT = 3;
const IN_DIALOG = 9; // hits; with the way to all others ten items, and more Material shows only to who scrolls

const LOOKED_INTO = 13; // files of pages, for nine hits at most; the rest is on the page of all results

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text) => text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
// Material's dialog takes titles and texts as HTML.
const asHtml = (parts) => parts.map(([text, isHit]) => (isHit ? `<mark>${escaped(text)}</mark>` : escaped(text))).join("");

let latest = 0;

const item = (location, title, text, score) => [{ location, title, text, score, terms: {} }];
const toPage = (typed) => `search/?q=${encodeURIComponent(typed)}`;

function itemsFor(typed, result) {
  if (result.state === "empty") return [];
  if (result.state === "short") return [item(toPage(typed), "2文字以上で探せます", "<p>もう1文字続けて入力してください。</p>", 1)];
  if (!result.total) return [item(toPage(typed), `「${escaped(typed.trim())}」は見つかりませんでした`, "<p>言葉の選び方と、ほかの探し方を見る</p>", 1)];
  const hits = result.hits.map((hit, n) => {
    const about = [hit.kind, hit.day].filter(Boolean).map(escaped).join("　");
    return item(hit.url, asHtml(hit.title), `<p>${asHtml(hit.text)}</p><p class="kb-found__about" data-kb-anchor="${hit.anchor}">${about}</p>`, 1000 - n);
  });
  const count = `${result.isExact ? "" : "約"}${result.total.toLocaleString("ja-JP")}件`;
  return [...hits, item(toPage(typed), `すべての結果を見る（${count}）`, "<p>種類、部署、年で絞り込めます。</p>", 0)];
}

const failed = (typed) => [item(toPage(typed), "検索の準備ができませんでした", "<p>つながりを確かめて、もう一度入力してください。</p>", 1)];

async function answer({ data: { type, data } }) {
  if (type !== QUERY) return;
  const number = ++latest;
  let items = [];
  if (data) {
    try {
      if (typeof search === "undefined") {
        // What the program begins with is under way while it comes itself; loadFront takes it.
        self.front = ["index.json", "index.bin"].map((name) => fetch(`../../../search/${name}`, { cache: "no-cache" }));
        importScripts("program.js");
      }
      items = itemsFor(data, await search(data, IN_DIALOG, {}, LOOKED_INTO));
    } catch (error) {
      console.error(error);
      items = failed(data);
    }
  }
  if (number === latest) postMessage({ type: RESULT, data: { items } });
}

addEventListener("message", answer);
postMessage({ type: READY });
