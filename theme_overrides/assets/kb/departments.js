// Remembers, in this browser only, which department a reader chose on the front page, and puts it first there.
// Without JavaScript, or where storage is blocked, the list of all departments is simply what it is.
const KEY = "kawaraban.department";
const chooser = document.querySelector("[data-kb-chooser]");

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
  const units = [...chooser.querySelectorAll("[data-department]")];
  for (const unit of units) {
    unit.querySelector("a").addEventListener("click", () => remember(unit.dataset.department));
  }
  const own = units.find((unit) => unit.dataset.department === remembered());
  if (own) {
    const first = document.createElement("p");
    first.className = "kb-chooser__own";
    first.append(own.querySelector("a").cloneNode(true));
    chooser.before(first);
    chooser.querySelector("summary").textContent = "ほかの部署を選ぶ";
  }
}
