// Buttons above a field of text that write its marks around what is selected; the marks can be typed as well.

const WRAPS = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"] };
const LINES = { heading: "### ", list: "- ", numbers: "1. " };

function wrap(field, [before, after]) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  field.setRangeText(before + value.slice(start, end) + after, start, end, "end");
  if (start === end) field.setSelectionRange(start + before.length, start + before.length);
}

function mark(field, sign) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const lines = value.slice(from, end).split("\n");
  field.setRangeText(lines.map((line) => sign + line).join("\n"), from, end, "end");
}

for (const bar of document.querySelectorAll("[data-marks-bar]")) {
  const field = document.getElementById(bar.dataset.marksBar);
  if (!field) continue;
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => {
    const name = target.closest("button")?.dataset.mark;
    if (!name) return;
    field.focus();
    if (name in WRAPS) wrap(field, WRAPS[name]);
    else mark(field, LINES[name]);
  });
}
