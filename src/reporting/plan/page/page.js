"use strict";
(() => {
  const finder = document.getElementById("finder");
  const level = document.getElementById("level");
  const shown = document.getElementById("shown");
  const cards = [...document.querySelectorAll(".card")].map((element) => ({
    element,
    level: element.dataset.level,
    place: Number(element.dataset.place),
    checked: "checked" in element.dataset,
    text: element.textContent.toLowerCase(),
  }));
  const wanted = {
    all: () => true,
    any: (card) => card.level !== "",
    grave: (card) => card.level === "error" || card.level === "warning",
    open: (card) => !card.checked,
  };
  const order = document.getElementById("order");
  const doubtful = [...cards];
  const find = () => {
    const words = finder.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = wanted[level.value];
    let count = 0;
    for (const card of cards) {
      card.element.hidden = !(fits(card) && words.every((word) => card.text.includes(word)));
      if (!card.element.hidden) count += 1;
    }
    shown.textContent = `显示 ${count} 项，共 ${cards.length} 项`;
  };
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.classList.contains("card")) return;
    if (target.hidden) {
      finder.value = "";
      level.value = "all";
      find();
    }
    target.scrollIntoView();
  };
  const arrange = () => {
    const wished = order.value === "table" ? [...cards].sort((a, b) => a.place - b.place) : doubtful;
    document.getElementById("cards").append(...wished.map((card) => card.element));
  };
  const visible = () => [...document.querySelectorAll(".card:not([hidden])")];
  const step = (current, by) => {
    const all = visible();
    const at = all.indexOf(current);
    const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
    if (next) next.focus();
  };
  const readings = (card) => [...card.querySelectorAll(".schedule > li, .targets > li, .findings > li")];
  const inside = (card) => {
    const all = readings(card);
    const next = all[all.indexOf(document.activeElement) + 1];
    if (!next) return step(card, 1);
    next.tabIndex = -1;
    next.focus();
  };
  const typing = (element) => element.closest("input, select, textarea, a, button");
  const walk = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    const card = event.target.closest(".card");
    const steps = { j: 1, k: -1, ...(card ? { ArrowDown: 1, ArrowUp: -1 } : {}) };
    if (event.key in steps) step(card, steps[event.key]);
    else if (event.key === "Enter" && card) inside(card);
    else if (event.key === "/") finder.focus();
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", walk);
  order.addEventListener("change", arrange);
  document.getElementById("tools").hidden = false;
  finder.addEventListener("input", find);
  level.addEventListener("change", find);
  window.addEventListener("hashchange", follow);
  find();
})();
