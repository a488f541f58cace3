"use strict";
const filter = document.getElementById("filter");
const words = document.getElementById("words");
const state = document.getElementById("state");
const shown = document.getElementById("shown");
const parts = Array.from(document.querySelectorAll("[data-unit]"));

function choose() {
  const wanted = words.value.trim().toLowerCase();
  let count = 0;
  for (const part of parts) {
    const states = part.dataset.states.split(" ");
    const fits = part.dataset.unit.toLowerCase().includes(wanted)
      && (state.value === "" || states.includes(state.value));
    part.hidden = !fits;
    if (fits && part.tagName === "TR") count += 1;
  }
  shown.textContent = `显示${count}个单位`;
}

function chooseText(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// Where a page may not write to the clipboard the address is selected, to be copied by hand.
async function copy(button) {
  const place = button.previousElementSibling;
  chooseText(place);
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    shown.textContent = `已复制${button.dataset.copy}`;
  } catch {
    shown.textContent = `已选中${button.dataset.copy}，请按 Ctrl+C 复制`;
  }
}

function showAll() {
  words.value = "";
  state.value = "";
  choose();
}

filter.hidden = false;
filter.addEventListener("input", choose);
document.getElementById("all").addEventListener("click", showAll);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});
for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
choose();
