// Keyboard shortcuts. A link, button or field names its key: data-key="n". Rows of a list carry data-row; j and k
// walk through them, Enter opens (the row's link has the focus), x ticks. Nothing here is needed to use a page.
(() => {
  "use strict";
  document.documentElement.classList.add("keys-on");
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");

  function move(step) {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
    const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
    rows.forEach((row) => row.removeAttribute("aria-current"));
    next.setAttribute("aria-current", "true");
    (next.querySelector("a[href]") || next).focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const box = document.querySelector('[data-row][aria-current="true"] input[type=checkbox]');
    if (box) box.click();
  }

  function use(element) {
    if (element.matches("input, select, textarea")) element.focus();
    else element.click();
  }

  const own = { j: () => move(1), k: () => move(-1), x: tick };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not([aria-disabled="true"])`);
    if (target) {
      event.preventDefault();
      use(target);
    } else if (own[event.key]) {
      own[event.key]();
    }
  });
})();
