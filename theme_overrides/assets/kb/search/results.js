// The results page: what was typed and chosen stands in the address, so that a search can be sent to a colleague.
"use strict";

(() => {
  const place = document.querySelector("[data-kb-search]");
  if (!place) return;

  const A_PAGE = 20; // hits that come with 「もっと見る」
  const PAUSE = 120; // milliseconds without a key after which what is typed is looked up
  const CHOICES = ["kind", "department", "year"];
  const part = (name) => place.querySelector(`[data-kb-search-${name}]`);
  const form = part("form");
  const [status, hits, more, tips] = ["status", "hits", "more", "tips"].map(part);
  const scripts = document.currentScript.src;
  const worker = new Worker(new URL("results-worker.js", scripts));
  let wanted = A_PAGE;
  let number = 0;
  let timer;

  const element = (name, className, ...inside) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };
  const marked = (parts) => parts.map(([text, isHit]) => (isHit ? element("mark", "", text) : text));
  const filter = () => Object.fromEntries(CHOICES.map((choice) => [choice, form.elements[choice].value]));

  function ask() {
    const typed = form.elements.q.value;
    const chosen = Object.entries(filter()).filter(([, value]) => value);
    const query = new URLSearchParams([...(typed.trim() ? [["q", typed.trim()]] : []), ...chosen]);
    history.replaceState(null, "", `${query.size ? `?${query}` : location.pathname}`);
    status.textContent = typed.trim() ? "探しています…" : "";
    worker.postMessage({ typed, wanted, filter: filter(), number: ++number });
  }

  function hit({ url, anchor, title, text, kind, day, iso }) {
    const link = element("a", "", ...marked(title));
    link.href = new URL(`../../../../${url}${anchor ? `#${anchor}` : ""}`, scripts);
    const about = element("p", "kb-search__about", kind);
    if (day) {
      const time = element("time", "", day);
      time.dateTime = iso;
      about.append(time);
    }
    return element("li", "kb-search__hit", element("h2", "", link), element("p", "kb-search__text", ...marked(text)), about);
  }

  function offer(choices) {
    for (const choice of CHOICES) {
      const select = form.elements[choice];
      const chosen = select.value;
      const offered = choices[choice].map(([name, count]) => new Option(`${name}${choice === "year" ? "年" : ""}（${count}）`, name));
      if (chosen && !choices[choice].some(([name]) => String(name) === chosen)) offered.push(new Option(chosen, chosen));
      select.replaceChildren(select.options[0], ...offered);
      select.value = chosen;
    }
  }

  function show(result) {
    if (result.number !== number) return;
    const found = result.hits ?? [];
    const isLeft = result.total > found.length;
    hits.replaceChildren(...found.map(hit));
    more.hidden = !isLeft;
    tips.hidden = found.length > 0;
    if (result.choices) offer(result.choices);
    const typed = form.elements.q.value.trim();
    if (result.error) status.textContent = "検索の準備ができませんでした。つながりを確かめて、もう一度お試しください。";
    else if (result.state === "empty") status.textContent = "";
    else if (result.state === "short") status.textContent = "2文字以上の言葉で探せます。";
    else if (!found.length) status.textContent = `「${typed}」は見つかりませんでした。`;
    else status.textContent = `「${typed}」は${result.isExact ? "" : "約"}${result.total.toLocaleString("ja-JP")}件あります。`;
  }

  worker.addEventListener("message", ({ data }) => {
    const known = hits.childElementCount;
    show(data);
    // Whoever asked for more goes on reading where the new ones begin.
    if (document.activeElement === more || document.activeElement === document.body) {
      if (wanted > A_PAGE && known < hits.childElementCount) hits.children[known]?.querySelector("a").focus();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    again();
  });
  form.addEventListener("change", again);
  form.elements.q.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(again, PAUSE);
  });
  more.addEventListener("click", () => {
    wanted += A_PAGE;
    ask();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !["/", "f", "s"].includes(event.key)) return;
    event.preventDefault();
    form.elements.q.select();
  });

  function again() {
    clearTimeout(timer);
    wanted = A_PAGE;
    ask();
  }

  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") ?? "";
  for (const choice of CHOICES) {
    const value = asked.get(choice);
    if (!value) continue;
    form.elements[choice].append(new Option(value, value));
    form.elements[choice].value = value;
  }
  form.hidden = false;
  if (form.elements.q.value) ask();
  else form.elements.q.focus();
})();
