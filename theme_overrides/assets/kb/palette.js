// The colours that a reader chose on this site, before anything is drawn.
{
  const colours = __md_get("__palette")?.color;
  if (colours?.media === "(prefers-color-scheme)") {
    const system = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const choice = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${system})']`);
    for (const part of ["media", "scheme", "primary", "accent"]) {
      colours[part] = choice.getAttribute(`data-md-color-${part}`);
    }
  }
  for (const [part, value] of Object.entries(colours ?? {})) {
    document.body.setAttribute(`data-md-color-${part}`, value);
  }
}
