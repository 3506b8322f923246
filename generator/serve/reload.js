// Put into pages by `kawaraban serve` only: asks for the page anew when it is, and shows what is wrong.
(() => {
  const { changes, version, mistakes } = document.currentScript.dataset;
  let source;
  let banner;

  function show(problems) {
    banner?.remove();
    banner = undefined;
    // Where there is no page for them to stand above, they are what the page says.
    if (!problems || document.getElementById("kawaraban-mistakes")) return;
    banner = document.createElement("div");
    banner.id = "kawaraban-problems";
    banner.setAttribute("role", "alert");
    banner.textContent = problems;
    banner.style.cssText =
      "position:fixed;inset:0 0 auto;z-index:2147483647;max-height:60vh;overflow:auto;padding:1em 1.5em;" +
      "background:#7a1020;color:#fff;font:14px/1.7 sans-serif;white-space:pre-wrap;box-shadow:0 2px 12px #0008";
    document.documentElement.append(banner);
  }

  function listen() {
    source = new EventSource(changes);
    source.onmessage = ({ data }) => {
      const state = JSON.parse(data);
      const isMissed = mistakes !== undefined && state.mistakes !== mistakes;
      if (state.version !== version || isMissed) location.reload();
      else show(state.problems);
    };
  }

  // A browser opens six connections to one server: only the page that somebody looks at keeps one.
  function follow() {
    source?.close();
    if (document.visibilityState === "visible") listen();
  }

  document.addEventListener("visibilitychange", follow);
  follow();
})();
