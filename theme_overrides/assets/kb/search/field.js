// Material's dialog looks at its field when a key goes up; what is pasted, spoken or chosen in an input method comes
// without one.
for (const field of document.querySelectorAll("[data-md-component='search-query']")) {
  field.addEventListener("input", () => field.dispatchEvent(new KeyboardEvent("keyup")));
}
