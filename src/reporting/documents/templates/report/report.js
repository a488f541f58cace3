"use strict";
(() => {
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const keyOf = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.sort !== undefined ? Number(cell.dataset.sort) : cell.textContent.trim();
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    // Cells without a value stand after those with one.
    if (typeof a === "number") return -1;
    if (typeof b === "number") return 1;
    return collator.compare(a, b);
  };
  const sortBy = (table, head) => {
    const ascending = head.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const last = rows.filter((row) => row.classList.contains("r-total"));
    const sorted = rows
      .filter((row) => !row.classList.contains("r-total"))
      .map((row, position) => ({ row, position, key: keyOf(row, head.cellIndex) }))
      .sort((a, b) => (ascending ? 1 : -1) * compare(a.key, b.key) || a.position - b.position);
    body.append(...sorted.map((entry) => entry.row), ...last);
  };
  for (const table of document.querySelectorAll(".r-sortable table")) {
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = "按此列排序";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(table, head));
    }
  }
  const addFilter = (region) => {
    const table = region.querySelector("table");
    const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("r-total"));
    const box = document.createElement("div");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const state = document.createElement("output");
    box.className = "filter";
    label.append("筛选 ", input);
    input.type = "search";
    input.placeholder = "输入单位、事项或评价";
    state.setAttribute("aria-live", "polite");
    box.append(label, state);
    region.before(box);
    const show = () => {
      const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      state.textContent = words.length ? `显示 ${shown} 行，共 ${rows.length} 行` : `共 ${rows.length} 行`;
    };
    input.addEventListener("input", show);
    show();
  };
  document.querySelectorAll(".r-filterable").forEach(addFilter);
  const contents = document.querySelector(".side-box");
  if (contents && matchMedia("(min-width: 75rem)").matches) contents.open = true;
})();
