"use strict";
(() => {
  document.querySelectorAll(".r-sortable table").forEach(tables.makeSortable);
  const entryOf = (row, heads) => ({
    element: row,
    // Under 任务号, 112 is 任务112.
    text: [...row.cells]
      .map((cell, index) => (heads[index].endsWith("号") ? heads[index].slice(0, -1) : "") + cell.textContent)
      .join(" "),
    marks: [...row.querySelectorAll(".r-grade")].map((mark) => mark.lastChild.textContent.trim()),
  });
  const addFilter = (region) => {
    const table = region.querySelector("table");
    const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
    const rows = [...table.tBodies[0].rows].filter((row) => !row.classList.contains("r-total"));
    const find = tables.finder(rows.map((row) => entryOf(row, heads)));
    const box = document.createElement("div");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const state = document.createElement("output");
    box.className = "filter";
    label.append("筛选 ", input);
    input.type = "search";
    input.placeholder = "输入单位、任务号、事项或评价";
    state.setAttribute("aria-live", "polite");
    box.append(label, state);
    region.before(box);
    const show = () => {
      const { words, count } = find(input.value);
      state.textContent = words.length ? `显示 ${count} 行，共 ${rows.length} 行` : `共 ${rows.length} 行`;
    };
    input.addEventListener("input", show);
    show();
  };
  document.querySelectorAll(".r-filterable").forEach(addFilter);
  const contents = document.querySelector(".side-box");
  if (contents && matchMedia("(min-width: 75rem)").matches) contents.open = true;
})();
