"use strict";
// What is told goes into the bar as text; the report is loaded again when its file was put in place.
const frame = document.getElementById("report");
const state = document.getElementById("state");
const lines = document.getElementById("lines");
const LINES_KEPT = 200;
let faults = [];

function show(told) {
  const line = document.createElement("li");
  line.textContent = told.text;
  line.className = told.kind;
  lines.prepend(line);
  while (lines.childElementCount > LINES_KEPT) lines.lastElementChild.remove();
  // A save begins anew; what is wrong with it stays to be seen.
  if (told.kind === "saved") faults = [];
  if (told.kind === "fault" || told.kind === "finding") faults.push(told.text);
  const all = told.kind === "fault" || told.kind === "finding" ? faults : [...faults, told.text];
  state.textContent = all.join("\n");
  state.className = faults.length ? "fault" : told.kind;
}

function current() {
  try {
    return decodeURIComponent(frame.contentWindow.location.pathname).slice(1);
  } catch {
    return "";
  }
}

function refresh(paths) {
  if (paths.includes(current())) frame.contentWindow.location.reload();
}

const source = new EventSource("/_watch/events");
source.addEventListener("past", (event) => show(JSON.parse(event.data)));
source.addEventListener("now", (event) => {
  const told = JSON.parse(event.data);
  show(told);
  refresh(told.paths);
});
source.addEventListener("error", () => {
  state.textContent = "已停止：make watch 没有在运行，页面是最后一次的。";
  state.className = "fault";
});
