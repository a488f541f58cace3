"use strict";
(() => {
  const page = JSON.parse(document.getElementById("sources").textContent);
  const readStep = ([words, of, column = ""]) => ({ words, of, column });
  const readRow = ([where, file, cells]) => ({
    where: page.words[where],
    file: page.files[file],
    cells: cells.map(([label, address, text]) => [page.words[label], address, page.words[text]]),
  });
  const sources = page.sources.map(([name, title, steps, rows]) => ({
    name, title, steps: steps.map(readStep), rows: rows.map(readRow),
  }));
  const places = new Map(sources.map(({ name }, place) => [name, place]));
  const main = document.getElementById("content");
  // Letters before digits are names (R4, I6), not figures.
  const NUMBER = /(?<![A-Za-z0-9.])\d+(?:[,.]\d+)*/g;
  const SIGNIFICANT = /[\p{L}%‰]/u;
  const make = (tag, text = "", kind = "") => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  // ---- what is printed: each number, with the sign behind it that says what it counts

  const wrap = (node) => {
    const text = node.data;
    const parts = [...text.matchAll(NUMBER)];
    if (!parts.length) return;
    const pieces = document.createDocumentFragment();
    let at = 0;
    for (const found of parts) {
      pieces.append(text.slice(at, found.index));
      const number = make("span", found[0], "r-n");
      at = found.index + found[0].length;
      const next = text[at] || "";
      number.dataset.next = SIGNIFICANT.test(next) ? next : "";
      pieces.append(number);
    }
    pieces.append(text.slice(at));
    node.replaceWith(pieces);
  };
  const texts = [];
  for (const part of document.querySelectorAll("[data-origin]")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest("svg, button, label, .r-n")) texts.push(walker.currentNode);
    }
  }
  [...new Set(texts)].forEach(wrap);
  const numbers = [...document.querySelectorAll(".r-n")];

  // ---- what states it: a step in words, or a cell

  // Where a text says the number that is asked for: the whole of a cell, or with the sign behind it.
  const foundIn = (text, { number, next, whole }) => {
    if (whole) return text.trim() === number ? [text.indexOf(number)] : [];
    const plain = number.replaceAll(",", "");
    return [...text.matchAll(NUMBER)]
      .filter(([digits]) => digits.replaceAll(",", "") === plain)
      .filter(({ 0: digits, index }) => !next || text[index + digits.length] === next)
      .map(({ index }) => index);
  };
  const says = (text, query) => foundIn(text, query).length > 0;
  const stepOf = (key) => {
    if (page.steps[key]) return readStep(page.steps[key]);
    return { words: "", of: places.has(key) ? [places.get(key)] : [], column: "" };
  };
  const holds = (row, query) => row.cells.some(([, , text]) => says(text, query));
  const stated = (step, query) => {
    const said = says(step.words, query);
    // What a source itself counts is not looked into: some task of many holds any number.
    const open = !said && !(query.whole && step.words);
    const held = (open ? step.of : []).filter((place) => {
      const { steps, rows } = sources[place];
      return steps.some((one) => says(one.words, query)) || rows.some((row) => holds(row, query));
    });
    return said || held.length ? { step, said, held } : null;
  };
  const columnOf = (element) => {
    const cell = element.closest("td");
    const table = cell && cell.closest("table[data-keys]");
    return table ? table.dataset.keys.split(" ")[cell.cellIndex] : "";
  };
  const originOf = (element) => {
    const number = element.textContent;
    const next = element.dataset.next;
    const column = columnOf(element);
    const alone = element.closest("td")?.textContent.trim() === number;
    const ancestors = [];
    for (let part = element.closest("[data-origin]"); part; part = part.parentElement.closest("[data-origin]")) {
      const all = part.dataset.origin.split(" ").map(stepOf);
      const own = all.filter((step) => step.column && step.column === column);
      ancestors.push(own.length ? own : all.filter((step) => !step.column));
    }
    const query = (way) => ({ number, next: "", whole: false, ...way });
    // With the sign that says what it counts first; then what is nearest to it.
    const tries = next ? ancestors.map((origin) => [origin, query({ next })]) : [];
    for (const origin of ancestors) {
      // What a column says of itself is the answer, whatever its tasks hold besides.
      const whole = (alone || next) && !origin.some((step) => step.column);
      if (whole) tries.push([origin, query({ whole: true })]);
      // Without its sign a number is anybody's: only a cell that is nothing else will do.
      if (!next) tries.push([origin, query({})]);
    }
    for (const [origin, asked] of tries) {
      const found = origin.map((step) => stated(step, asked)).filter(Boolean);
      if (found.length) return { query: asked, found };
    }
    return { query: query({}), found: [] };
  };

  // ---- the drawer

  const drawer = make("aside", "", "origin");
  drawer.hidden = true;
  drawer.tabIndex = -1;
  drawer.setAttribute("role", "dialog");
  drawer.setAttribute("aria-label", "数字的来源");
  document.body.append(drawer);
  let asked = null;

  const marked = (text, query, tag = "p") => {
    const line = make(tag);
    let at = 0;
    for (const index of query ? foundIn(text, query) : []) {
      const [digits] = text.slice(index).match(/^[\d.,]*\d/);
      line.append(text.slice(at, index), make("mark", digits));
      at = index + digits.length;
    }
    line.append(text.slice(at));
    return line;
  };
  const rowOf = ({ where, file, cells }, query) => {
    const box = make("div");
    box.append(make("p", where));
    const table = make("table");
    for (const [label, address, text] of cells) {
      const line = table.insertRow();
      if (query && says(text, query)) line.className = "origin-held";
      line.append(make("th", label), make("td", address, "origin-cell"), marked(text, query, "td"));
    }
    box.append(table);
    if (file) {
      const [name, sha256, arrived] = file;
      const words = [`文件：${name}`, arrived, sha256 ? `SHA-256：${sha256}` : "没有记录该文件的摘要"];
      box.append(make("p", words.filter(Boolean).join("；"), "origin-file"));
    }
    return box;
  };
  const listOf = (of) => {
    const more = make("details");
    more.append(make("summary", `所计的${of.length}项`));
    // Built when it is opened: a count of the whole city names every task.
    more.addEventListener("toggle", () => {
      if (more.childElementCount === 1) of.forEach((at) => more.append(sourceOf(at, null)));
    });
    return more;
  };
  const sourceOf = (at, query) => {
    const { name, title, steps, rows } = sources[at];
    const box = make("section");
    const head = make("h3");
    const place = document.getElementById(name);
    if (place) {
      const link = make("a", title);
      link.href = `#${name}`;
      head.append(link);
    } else head.textContent = title;
    box.append(head);
    const said = query ? steps.filter((step) => says(step.words, query)) : [];
    said.forEach((step) => {
      box.append(marked(step.words, query));
      if (step.of.length) box.append(listOf(step.of));
    });
    const first = query ? rows.filter((row) => holds(row, query)) : [];
    first.forEach((row) => box.append(rowOf(row, query)));
    const rest = [...steps.filter((step) => !said.includes(step)), ...rows.filter((row) => !first.includes(row))];
    if (rest.length) {
      const more = make("details");
      more.append(make("summary", first.length || said.length ? "本项的其他依据" : "本项的依据"));
      rest.forEach((one) => more.append(one.cells ? rowOf(one, query) : make("p", one.words)));
      box.append(more);
    }
    return box;
  };
  const show = (element) => {
    const { query, found } = originOf(element);
    if (asked) asked.classList.remove("r-asked");
    asked = element;
    asked.classList.add("r-asked");
    const head = make("div", "", "origin-head");
    head.append(make("h2", `“${query.number}${query.next}”的来源`));
    const at = numbers.indexOf(element);
    const step = (words, to) => {
      const button = make("button", words);
      button.type = "button";
      button.disabled = !numbers[to];
      button.addEventListener("click", () => {
        numbers[to].scrollIntoView({ block: "center" });
        show(numbers[to]);
      });
      return button;
    };
    const close = make("button", "关闭");
    close.type = "button";
    close.addEventListener("click", hide);
    head.append(step("上一个数", at - 1), step("下一个数", at + 1), close);
    drawer.replaceChildren(head);
    if (!found.length) drawer.append(make("p", "这个数没有记录来源，请向发文单位核实。"));
    for (const { step: one, said, held } of found) {
      if (said) drawer.append(marked(one.words, query));
      if (said && one.of.length > 1) drawer.append(listOf(one.of));
      else (said ? one.of : held).forEach((place) => drawer.append(sourceOf(place, query)));
    }
    drawer.hidden = false;
    drawer.scrollTop = 0;
    // Beside the text on a wide screen, which is set anew; the number stays in sight.
    document.body.classList.add("origin-open");
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    drawer.focus({ preventScroll: true });
  };
  const hide = () => {
    drawer.hidden = true;
    document.body.classList.remove("origin-open");
    if (asked) asked.classList.remove("r-asked");
  };

  document.addEventListener("click", (event) => {
    const number = event.target.closest(".r-n");
    // A number inside a link leads where the link leads.
    if (number && !event.target.closest("a, summary") && getSelection().isCollapsed) show(number);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !drawer.hidden) hide();
  });
  const note = main.querySelector(".r-sources");
  if (note) {
    note.append("点击任何一个数，即可看到。");
    const button = make("button", "逐个查看");
    button.type = "button";
    button.addEventListener("click", () => numbers[0] && show(numbers[0]));
    note.append(button);
  }
})();
