"use strict";
// Regroups the clauses and searches in them. Without it the page shows everything, by clause.
const tools = document.querySelector(".tools"), home = document.getElementById("by-rule");
const away = document.getElementById("grouped"), nothing = document.getElementById("nothing");
const search = tools.querySelector("[type=search]");

const storeysOf = (section) => [...section.querySelectorAll("[data-storey]")].map((place) => place.dataset.storey);
const onStorey = (copy, storey) => {
  for (const place of copy.querySelectorAll("[data-storey]")) if (place.dataset.storey !== storey) place.remove();
  for (const finding of copy.querySelectorAll(".finding")) if (!finding.querySelector("[data-storey]")) finding.remove();
};

function regroup(by) {
  home.hidden = by !== "rule";
  away.replaceChildren();
  if (by === "rule") return;
  for (const option of tools.querySelectorAll(`[data-of="${by}"]`)) {
    const key = option.dataset.key, title = document.createElement("h2");
    const copies = [];
    for (const section of home.querySelectorAll(".rule")) {
      const keys = by === "storey" ? storeysOf(section) : [section.dataset[by]];
      if (!keys.includes(key)) continue;
      const copy = section.cloneNode(true);
      copy.removeAttribute("id");
      if (by === "storey") onStorey(copy, key);
      copies.push(copy);
    }
    if (!copies.length) continue;
    title.textContent = option.textContent;
    const group = document.createElement("div");
    group.append(title, ...copies);
    away.append(group);
  }
}

// Arabic letters that people type in more than one way.
const fold = (text) => text.toLowerCase().replace(/[\u064b-\u0652\u0640\u2066-\u2069]/g, "")
  .replace(/[أإآ]/g, "ا").replace(/ة/g, "ه").replace(/ى/g, "ي");

function find() {
  const wanted = fold(search.value.trim()), shown = home.hidden ? away : home;
  let any = false;
  for (const section of shown.querySelectorAll(".rule")) {
    const about = fold(section.querySelector(".head").textContent).includes(wanted);
    let here = false;
    for (const finding of section.querySelectorAll(".finding")) {
      const inside = fold(finding.textContent).includes(wanted);
      finding.hidden = !(about || inside);
      here ||= !finding.hidden;
      const list = finding.querySelector("details");
      if (list && wanted && inside) list.open = true;
    }
    section.hidden = !here;
    any ||= here;
  }
  for (const group of away.children) group.hidden = !group.querySelector(".rule:not([hidden])");
  nothing.hidden = any;
}

tools.hidden = false;
search.addEventListener("input", find);
for (const choice of tools.querySelectorAll("[name=group]")) {
  choice.addEventListener("change", () => { regroup(choice.value); find(); });
}
