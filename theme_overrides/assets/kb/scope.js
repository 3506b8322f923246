// What Material's script asks for: values that a browser keeps for this site, by the path of its home page.
{
  const scope = new URL(document.currentScript.dataset.scope, location);
  const key = (name, within) => `${within.pathname}.${name}`;
  Object.assign(window, {
    __md_scope: scope,
    __md_hash: (text) => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0),
    __md_get: (name, storage = localStorage, within = scope) => JSON.parse(storage.getItem(key(name, within))),
    __md_set: (name, value, storage = localStorage, within = scope) => {
      try {
        storage.setItem(key(name, within), JSON.stringify(value));
      } catch {} // a browser that keeps nothing
    },
  });
}
