"use strict";
const tables = (() => {
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const normal = (text) => text.normalize("NFKC").toLowerCase();
  const isDigit = (sign) => sign >= "0" && sign <= "9";

  // What a cell sorts by: a figure or a grade's place before words, nothing last of all.
  const keyOf = (row, index) => {
    const cell = row.cells[index];
    if (cell.dataset.sort !== undefined) return { rank: 0, value: Number(cell.dataset.sort) };
    const value = cell.textContent.trim();
    return { rank: /^[—–-]?$/.test(value) ? 2 : 1, value };
  };
  const compare = (a, b) => (a.rank ? collator.compare(a.value, b.value) : a.value - b.value);
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
      .sort(
        (a, b) =>
          a.key.rank - b.key.rank ||
          (ascending ? 1 : -1) * compare(a.key, b.key) ||
          a.position - b.position,
      );
    body.append(...sorted.map((entry) => entry.row), ...last);
  };
  const makeSortable = (table) => {
    for (const head of table.tHead.rows[0].cells) {
      if (head.classList.contains("r-unsorted")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.title = "按此列排序";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(table, head));
    }
  };

  // A figure is found whole: 任务11 is not 任务112.
  const holds = (text, word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const before = isDigit(word[0]) && isDigit(text[at - 1] ?? "");
      const after = isDigit(word.at(-1)) && isDigit(text[at + word.length] ?? "");
      if (!before && !after) return true;
    }
    return false;
  };
  const wordsOf = (text) => normal(text).split(/[\s,，、;；]+/).filter(Boolean);
  // Entries have a text and the marks they bear; a word that is a mark is looked for there alone.
  const finder = (entries) => {
    const made = entries.map((entry) => ({ ...entry, text: normal(entry.text) }));
    const marks = new Set(made.flatMap((entry) => entry.marks));
    return (typed) => {
      const words = wordsOf(typed);
      const found = ({ text, marks: own }) =>
        words.every((word) => (marks.has(word) ? own.includes(word) : holds(text, word)));
      let count = 0;
      for (const entry of made) {
        entry.element.hidden = !found(entry);
        if (!entry.element.hidden) count += 1;
      }
      return { words, count };
    };
  };
  return { makeSortable, finder };
})();
