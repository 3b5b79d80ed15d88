// Turns each day's select into a button that cycles through its options, and shows the quick fill.
// Words and letters come from the options; the selects stay in the form and are what is sent.

function show(select, button) {
  const { word, letter } = select.selectedOptions[0].dataset;
  button.dataset.use = select.value;
  button.querySelector("b").textContent = letter ?? "";
  button.setAttribute("aria-label", `${select.getAttribute("aria-label")}: ${word}`);
}

function enhance(select) {
  const number = select.parentElement.querySelector(".day-number");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "day";
  button.append(number.cloneNode(true), document.createElement("b"));
  button.addEventListener("click", () => {
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
    select.dispatchEvent(new Event("change"));
  });
  select.addEventListener("change", () => show(select, button));
  show(select, button);
  number.remove();
  select.hidden = true;
  select.after(button);
}

// Arrow keys walk over the days, as people expect of a calendar; Tab still reaches each of them.
function walk(event, grid) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (!step || !event.target.matches("button.day")) return;
  const { name } = event.target.previousElementSibling;
  const day = new Date(name.slice(-10));
  day.setUTCDate(day.getUTCDate() + step);
  const next = grid.querySelector(`select[name="${name.slice(0, -10)}${day.toISOString().slice(0, 10)}"]`);
  if (!next) return;
  event.preventDefault();
  next.nextElementSibling.focus();
}

function fill(grid, filler) {
  const weekdays = filler.querySelector("[data-filler-day]").value.split(" ");
  const use = filler.querySelector("[data-filler-use]").value;
  for (const select of grid.querySelectorAll("select.day-select")) {
    if (!weekdays.includes(select.dataset.weekday)) continue;
    select.value = use;
    select.dispatchEvent(new Event("change"));
  }
}

for (const grid of document.querySelectorAll("[data-days]")) {
  grid.querySelectorAll("select.day-select").forEach(enhance);
  grid.addEventListener("keydown", (event) => walk(event, grid));
  const filler = grid.querySelector("[data-filler]");
  filler.hidden = false;
  filler.querySelector("[data-filler-go]").addEventListener("click", () => fill(grid, filler));
  // Going back in history, browsers may fill the selects in after this ran.
  window.addEventListener("pageshow", () => {
    grid.querySelectorAll("select.day-select").forEach((select) => select.dispatchEvent(new Event("change")));
  });
}
