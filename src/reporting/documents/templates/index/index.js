"use strict";
(() => {
  document.querySelectorAll(".units").forEach(tables.makeSortable);
  const typed = document.getElementById("finder");
  const found = document.getElementById("found");
  const find = tables.finder(
    [...document.querySelectorAll(".entry")].map((element) => ({
      element,
      text: element.dataset.find,
      marks: (element.dataset.marks ?? "").split(" ").filter(Boolean),
    })),
  );
  const groups = [...document.querySelectorAll(".group")];
  const show = () => {
    const { words, count } = find(typed.value);
    for (const group of groups) group.hidden = !group.querySelector(".entry:not([hidden])");
    if (!words.length) found.textContent = "";
    else found.textContent = count ? `找到 ${count} 条` : "没有找到，请换一个词";
  };
  typed.addEventListener("input", show);
  show();
})();
