// Of every text and form border that shows: what, the words, the contrast with what lies behind (WCAG 2.2).
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (front, back) => [0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
  const luminance = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    const layers = [];
    for (let here = element; here; here = here.parentElement) {
      const colour = rgba(getComputedStyle(here).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((ground, colour) => over(colour, ground), [255, 255, 255, 1]);
  };

  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    const element = text.parentElement;
    if (!text.data.trim() || !element.getClientRects().length) continue;
    if (element.closest(".sprite, .sr, .skip, option, title, script")) continue;
    const svg = element.closest("svg");
    const style = getComputedStyle(element);
    const ground = behind(svg ? svg.parentElement : element);
    found.push(["text", text.data.trim().slice(0, 40), contrast(over(rgba(svg ? style.fill : style.color), ground), ground)]);
  }
  for (const control of document.querySelectorAll(".input, .select, .textarea")) {
    const border = rgba(getComputedStyle(control).borderTopColor);
    found.push(["border", control.id || control.name, contrast(border, behind(control.parentElement))]);
  }
  return found;
}
