"use strict";
(() => {
  const finder = document.getElementById("finder");
  const level = document.getElementById("level");
  const shown = document.getElementById("shown");
  const cards = [...document.querySelectorAll(".card")].map((element) => ({
    element,
    level: element.dataset.level,
    text: element.textContent.toLowerCase(),
  }));
  const wanted = { all: () => true, any: (found) => found !== "", grave: (found) => found === "error" || found === "warning" };
  const find = () => {
    const words = finder.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = wanted[level.value];
    let count = 0;
    for (const card of cards) {
      card.element.hidden = !(fits(card.level) && words.every((word) => card.text.includes(word)));
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
  document.getElementById("tools").hidden = false;
  finder.addEventListener("input", find);
  level.addEventListener("change", find);
  window.addEventListener("hashchange", follow);
  find();
})();
