// Remembers, in this browser only, which department a reader chose on the front page, and puts it first there.
// Without JavaScript, or where storage is blocked, the list of all departments is simply what it is.
const KEY = "kawaraban.department";
const chooser = document.querySelector("[data-kb-departments]");

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(id) {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage is blocked: the choice holds for this click only.
  }
}

if (chooser) {
  const links = [...chooser.querySelectorAll("[data-department]")];
  const own = links.find((link) => link.dataset.department === remembered());
  if (own) {
    own.classList.add("kb-departments__own");
    const first = document.createElement("p");
    first.className = "kb-departments__first";
    first.append("あなたの部署 ", own.cloneNode(true));
    chooser.prepend(first);
  }
  for (const link of chooser.querySelectorAll("[data-department]")) {
    link.addEventListener("click", () => remember(link.dataset.department));
  }
}
