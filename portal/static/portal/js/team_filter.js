// A search over a long list of checkboxes, and the count of those that are chosen.

for (const list of document.querySelectorAll("[data-teams]")) {
  const search = list.querySelector("[data-search]");
  const rows = [...list.querySelectorAll("li")];
  const filter = () => {
    const wanted = search.value.trim().toLocaleLowerCase();
    for (const row of rows) {
      const chosen = row.querySelector("input").checked;
      row.hidden = !chosen && !row.textContent.toLocaleLowerCase().includes(wanted);
    }
  };
  search.hidden = false;
  search.addEventListener("input", filter);
  // Return in this box must not send the whole form.
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  list.addEventListener("change", () => {
    list.querySelector("[data-chosen]").textContent = list.querySelectorAll("input:checked").length;
  });
}
