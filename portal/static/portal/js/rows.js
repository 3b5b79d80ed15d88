// "Add another" without a round trip: the empty row stands in a template; the button works without this as well.

function add(box) {
  const total = box.querySelector('input[name$="-TOTAL_FORMS"]');
  const most = Number(box.querySelector('input[name$="-MAX_NUM_FORMS"]').value);
  const number = Number(total.value);
  if (number >= most) return;
  const holder = document.createElement("template");
  holder.innerHTML = box.querySelector("template").innerHTML.replaceAll("__prefix__", String(number));
  const row = holder.content.querySelector("[data-row]");
  box.querySelector("[data-rows-list]").append(holder.content);
  total.value = String(number + 1);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

for (const box of document.querySelectorAll("[data-rows]")) {
  box.querySelector("[data-rows-more]").addEventListener("click", (event) => {
    event.preventDefault();
    add(box);
  });
}
