// Material's dialog looks at its field when a key goes up; what is pasted, spoken or chosen in an input method comes
// without one.
for (const field of document.querySelectorAll("[data-md-component='search-query']")) {
  const look = () => field.dispatchEvent(new KeyboardEvent("keyup"));
  field.addEventListener("input", look);
  // Nor does its worker hear of a reader who opens the dialog. For a space it loads what every search needs, while the
  // reader types; the space is gone again before anybody sees it.
  field.addEventListener("focus", () => {
    if (field.value) return;
    for (const value of [" ", ""]) {
      field.value = value;
      look();
    }
  });
}

// Material shows no surroundings of a hit whose address names a section: the section is added when they stand there.
for (const list of document.querySelectorAll("[data-md-component='search-result'] ol")) {
  const lead = () => {
    for (const about of list.querySelectorAll("[data-kb-anchor]")) about.closest("a").hash = about.dataset.kbAnchor;
  };
  new MutationObserver(lead).observe(list, { childList: true, subtree: true });
}
