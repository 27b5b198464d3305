// The controls that are lower than so many pixels. Links within a sentence are let be (WCAG 2.2, 2.5.8).
(least) =>
  [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((control) => control.getClientRects().length && !control.closest(".skip, .sprite"))
    .filter((control) => getComputedStyle(control).display !== "inline")
    .map((control) => (control.matches("input[type=checkbox], input[type=radio]") ? control.closest(".choice, label") || control : control))
    .map((control) => [control, control.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height < least)
    .map(([control, box]) => `${control.tagName} ${control.className} ${control.textContent.trim().slice(0, 30)} ${box.height}`)
