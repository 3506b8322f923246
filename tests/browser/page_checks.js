// Questions to a loaded page; each returns a list of what is wrong, in words.
window.pageChecks = (() => {
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const shown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return visible(element) && width > 0 && height > 0;
  };
  const named = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 30)}`;

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  // WCAG 2.0, relative luminance and contrast ratio
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgba(getComputedStyle(e).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgba(getComputedStyle(document.body).backgroundColor);
  };

  return {
    contrast() {
      const low = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || element.closest("svg, script, noscript, .kb-skip") || !shown(element)) continue;
        const style = getComputedStyle(element);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const ratio = contrast(rgba(style.color), ground(element));
        if (ratio < (large ? 3 : 4.5)) low.push(`${named(element)}: ${ratio.toFixed(2)}`);
      }
      return low;
    },
    structure() {
      const wrong = [];
      const count = (selector) => [...document.querySelectorAll(selector)].filter(visible).length;
      for (const [what, selector] of [["h1", "h1"], ["main", "main"], ["masthead", "body > header"], ["navigation", "nav[aria-label='紙面の案内']"], ["footer", "footer.kb-colophon"]]) {
        if (count(selector) !== 1) wrong.push(`${count(selector)} × ${what}`);
      }
      if (!document.documentElement.lang) wrong.push("no lang");
      if (!document.title.trim()) wrong.push("no title");
      let level = 0;
      for (const heading of document.querySelectorAll(":is(h1, h2, h3, h4, h5, h6)")) {
        const next = Number(heading.localName[1]);
        if (next > level + 1) wrong.push(`h${level} is followed by ${named(heading)}`);
        if (!heading.textContent.trim()) wrong.push(`${named(heading)} is empty`);
        level = next;
      }
      return wrong;
    },
    names() {
      const wrong = [];
      const name = (e) => (e.getAttribute("aria-label") || e.textContent || e.querySelector("img")?.alt || "").trim();
      for (const link of document.querySelectorAll("a[href], button, summary")) if (!name(link)) wrong.push(`no name: ${named(link)}`);
      for (const image of document.querySelectorAll("img")) if (!image.hasAttribute("alt")) wrong.push(`no alt: ${image.src}`);
      for (const drawing of document.querySelectorAll("svg[role=img]")) {
        const ids = (drawing.getAttribute("aria-labelledby") ?? "").split(" ");
        if (!ids.every((id) => document.getElementById(id)?.textContent.trim())) wrong.push("a drawing without a name");
      }
      for (const input of document.querySelectorAll("input:not(.md-toggle), select, textarea")) {
        if (!input.labels.length && !input.getAttribute("aria-label")) wrong.push(`no label: ${named(input)}`);
      }
      const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
      for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`two elements with the id ${id}`);
      return wrong;
    },
    overlaps() {
      const wrong = [];
      for (const sheet of document.querySelectorAll(".kb-page, .kb-home, .kb-report, figure.kb-figure, .kb-card, .kb-masthead__sheet")) {
        const parts = [...sheet.children].filter(shown).map((e) => [e, e.getBoundingClientRect()]);
        for (const [i, [a, one]] of parts.entries()) {
          for (const [b, two] of parts.slice(i + 1)) {
            const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
            const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
            if (wide > 2 && high > 2) wrong.push(`${named(a)} lies on ${named(b)}`);
          }
        }
      }
      return wrong;
    },
    sideways() {
      const width = document.documentElement.clientWidth;
      const inFrame = (e) => e.closest(".kb-scroll, .kb-table__scroll, pre, .highlight, .kb-skip");
      const wide = [...document.querySelectorAll("body *")].filter((e) => shown(e) && !inFrame(e) && e.getBoundingClientRect().right > width + 1);
      const page = document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : [];
      return [...page, ...wide.slice(0, 3).map((e) => `${named(e)} reaches ${Math.round(e.getBoundingClientRect().right)}px`)];
    },
  };
})();
