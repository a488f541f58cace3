"use strict";
(() => {
  const finder = document.getElementById("finder");
  const found = document.getElementById("found");
  const entries = [...document.querySelectorAll(".entry")].map((element) => ({
    element,
    text: element.dataset.find.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll(".group")];
  const find = () => {
    const words = finder.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) count += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector(".entry:not([hidden])");
    if (!words.length) found.textContent = "";
    else found.textContent = count ? `找到 ${count} 条` : "没有找到，请换一个词";
  };
  finder.addEventListener("input", find);
  find();
})();
