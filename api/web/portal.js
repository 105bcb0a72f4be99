// The portal's only script: live fragments (htmx), resumable upload, kept drafts, the plot map.
import "htmx.org";
import { wireDraft } from "./draft.js";
import { keepTyped } from "./keep.js";
import { wireUpload } from "./upload.js";

// A ready model's plot goes into the field as if it had been typed; the next press is the form's own.
function wireChoice(button) {
  button.addEventListener("click", () => {
    const input = button.form.querySelector("[name=plot]");
    input.value = button.dataset.choose;
    for (const event of ["input", "change"]) input.dispatchEvent(new Event(event, { bubbles: true }));
    button.form.querySelector("button:not([type=button])").focus();
  });
}

async function wireMap(box) {
  const { draw } = await import(`${location.origin}/assets/plotmap.js`);
  const land = await (await fetch(box.dataset.map)).json();
  const input = document.getElementById(box.dataset.input);
  const onChoose = (number) => {
    input.value = number;
    input.dispatchEvent(new Event("chosen", { bubbles: true }));
  };
  const { choose } = await draw(box, { land, chosen: input.value, onChoose });
  input.addEventListener("change", () => choose(input.value, true));
}

// The building in 3D beside its findings: a finding brings its elements out, an element its findings.
async function wireModel(box) {
  const { mount } = await import(`${location.origin}/assets/model3d.js`);
  const cards = [...document.querySelectorAll("[data-elements]")];
  const of = (card) => card.dataset.elements.split(" ").filter(Boolean);
  const given = JSON.parse(document.getElementById(box.dataset.model3d).textContent);
  const note = document.getElementById("of-element");
  const filter = (id) => {
    let left = 0;
    cards.forEach((card) => { card.hidden = Boolean(id) && !of(card).includes(id); left += card.hidden ? 0 : 1; });
    document.querySelectorAll("[data-storey-of]").forEach((part) => { part.hidden = !part.querySelector("[data-elements]:not([hidden])"); });
    note.hidden = !id;
    note.querySelector("span").textContent = left ? note.dataset.some : note.dataset.none;
  };
  note.querySelector("button").addEventListener("click", () => { viewer.pick(""); });
  const mark = (chosen) => cards.forEach((card) => card.classList.toggle("chosen", card === chosen));
  const begin = cards.find((card) => card.id === `finding-${given.begin}`);
  const viewer = await mount(box, { ...given, chosen: begin ? of(begin) : given.viewed ?? [], onPick: (id) => { filter(id); mark(null); } });
  mark(begin);
  cards.forEach((card) => card.querySelector("[data-show]")?.addEventListener("click", () => {
    viewer.select(of(card)); viewer.fit(); mark(card); box.scrollIntoView({ block: "nearest" });
  }));
}

document.querySelectorAll("form[data-upload]").forEach(wireUpload);
document.querySelectorAll("form[data-draft]").forEach(wireDraft);
document.querySelectorAll("[data-choose]").forEach(wireChoice);
document.querySelectorAll("[data-map]").forEach(wireMap);
document.querySelectorAll("[data-model3d]").forEach(wireModel);
keepTyped({ who: document.body.dataset.who, restored: document.body.dataset.restored });
