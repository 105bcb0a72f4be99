// The building in 3D with its envelope: choose an element, a storey, a section; measure; all by keyboard too.
// `mount` serves the portal's page; `render` is the contract of Panel's JSComponent.
import { Vector3 } from "three";
import { merge, read } from "./glb.js";
import { Orbit } from "./orbit.js";
import { COLOURS, Picture, STATE } from "./scene3d.js";

// What lies on the far side of a vertical plane is kept, as seen from the south-west where one begins.
const AXES = { height: new Vector3(0, 1, 0), east: new Vector3(-1, 0, 0), north: new Vector3(0, 0, 1) };
const STYLE = `
  .view3d { display: grid; gap: .5rem; font: 400 .95rem/1.5 "IBM Plex Sans Arabic", sans-serif; color: #24211b; }
  .view3d .canvas { position: relative; height: min(62vh, 34rem); min-height: 18rem; border: 1px solid #d9d2c3; border-radius: .5rem; overflow: hidden; touch-action: none; direction: ltr; }
  .view3d canvas { display: block; }
  .view3d .canvas:focus-visible, .view3d button:focus-visible, .view3d select:focus-visible, .view3d input:focus-visible { outline: 3px solid #b3541e; outline-offset: 2px; }
  .view3d .middle { position: absolute; inset: 50% auto auto 50%; width: 17px; height: 17px; margin: -8.5px; pointer-events: none; border: 1px solid #24211b; border-radius: 50%; }
  .view3d [role=toolbar] { display: flex; flex-wrap: wrap; gap: .35rem .5rem; align-items: end; }
  .view3d button { font: inherit; min-width: 2.4rem; min-height: 2.4rem; padding: .1rem .6rem; border: 1px solid #1d5c4a; border-radius: .4rem; background: #fff; color: #1d5c4a; cursor: pointer; }
  .view3d button[aria-pressed=true] { background: #1d5c4a; color: #fff; }
  .view3d label { display: grid; font-weight: 400; font-size: .85rem; margin: 0; }
  .view3d select, .view3d input { font: inherit; min-height: 2.4rem; padding: .1rem .4rem; border: 1px solid #a49c8b; border-radius: .4rem; background: #fff; max-width: 15rem; color: inherit; }
  .view3d p { margin: 0; } .view3d [role=alert] { border: 1px solid #a3261f; color: #a3261f; border-radius: .5rem; padding: .6rem .8rem; background: #fff; }
  .view3d ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: 0; padding: 0; list-style: none; font-size: .85rem; }
  .view3d li i { display: inline-block; width: .9em; height: .9em; border-radius: .2em; margin-inline-end: .35em; vertical-align: -.08em; border: 1px solid #6b6558; }
  .view3d [hidden] { display: none; }`;
const LEGEND = [["error", COLOURS.error], ["warning", COLOURS.warning], ["selected", COLOURS.selected], ["allowed", "#a9cdb1"], ["beyond", "#bf1f1a"]];

function make(name, attributes = {}, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inner);
  return made;
}

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return merge(read(await answer.arrayBuffer()));
}

const EMPTY = { elements: [], numbers: new Map(), opaque: { indices: 0 }, clear: { indices: 0 }, extras: {} };

class Viewer {
  constructor(el, { texts, digits = "latn", language = "ar", onPick }) {
    this.el = el; this.texts = texts; this.onPick = onPick;
    this.states = {}; this.chosen = []; this.storey = ""; this.ghost = true; this.points = []; this.measuring = false;
    this.format = new Intl.NumberFormat(`${language}-u-nu-${digits}`, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    el.classList.add("view3d");
    this.canvas = make("div", { class: "canvas", tabindex: "0", role: "application", "aria-label": texts.label, "aria-roledescription": texts.title });
    this.status = make("p", { role: "status" }, texts.loading);
    this.alert = make("p", { role: "alert", hidden: true });
    this.tools = make("div", { role: "toolbar", "aria-label": texts.tools });
    el.append(make("style", {}, STYLE), this.alert, this.tools, this.canvas, this.status, this.#legend());
  }

  #legend() {
    const rows = LEGEND.filter(([name]) => this.texts[`legend-${name}`]).map(([name, colour]) => make("li", {}, make("i", { style: `background:${colour}` }), this.texts[`legend-${name}`]));
    return make("ul", { "aria-label": this.texts.legend }, ...rows);
  }

  metres(value) { return this.format.format(value); }

  fail(text) {
    this.alert.textContent = text; this.alert.hidden = false;
    this.canvas.hidden = true; this.tools.hidden = true; this.status.textContent = "";
    this.el.dataset.ready = "false";
  }

  async open({ building, around }) {
    const probe = document.createElement("canvas").getContext("webgl2");
    if (!probe) { this.el.dataset.webgl = "none"; this.fail(this.texts["no-webgl"]); return; }
    probe.getExtension("WEBGL_lose_context")?.loseContext();
    try {
      const [own, other] = await Promise.all([building ? fetched(building) : EMPTY, around ? fetched(around) : null]);
      if (this.gone) return;
      this.#begin(own, other);
    } catch (error) {
      console.warn(error);
      this.fail(error.name === "TypeError" || /: \d+$/.test(error.message) ? this.texts.failed : this.texts["no-webgl"]);
    }
  }

  #begin(own, other) {
    this.own = own; this.other = other;
    this.picture = new Picture(this.canvas, own, other);
    this.picture.drawn = (calls) => this.#drawn(calls);
    this.picture.renderer.domElement.addEventListener("webglcontextlost", () => { if (!this.gone) this.fail(this.texts.lost); });
    this.middle = make("span", { class: "middle", hidden: true });
    this.canvas.append(this.middle);
    this.orbit = new Orbit(this.picture, this.canvas);
    this.#toolbar();
    this.canvas.addEventListener("click", (e) => { if (this.orbit.moved < 6) this.#click(e.offsetX, e.offsetY); });
    this.canvas.addEventListener("keydown", (e) => this.#key(e));
    this.watch = new ResizeObserver(() => this.picture.size());
    this.watch.observe(this.canvas);
    this.picture.size();
    this.el.dataset.elements = own.elements.length;
    this.repaint();
    this.home();
    if (this.chosen.length) this.fit();
    this.say();
  }

  #drawn(calls) {
    this.el.dataset.draws = calls;
    this.el.dataset.most = Math.max(calls, Number(this.el.dataset.most ?? 0));
    if (this.el.dataset.ready) return;
    this.picture.settle();
    this.el.dataset.ready = "true";
    this.el.dataset.first = Math.round(performance.now());
  }

  #button(name, sign, act, attributes = {}) {
    return make("button", { type: "button", title: this.texts[name], "aria-label": this.texts[name], "data-tool": name, onclick: act, ...attributes }, sign ?? this.texts[name]);
  }

  #toolbar() {
    const storeys = (this.own.extras.storeys ?? []).map((s) => make("option", { value: s.id }, s.name || this.texts["unnamed-storey"]));
    this.floors = make("select", { "aria-label": this.texts.storey, onchange: () => this.isolate(this.floors.value) }, make("option", { value: "" }, this.texts["all-storeys"]), ...storeys);
    this.axis = make("select", { "aria-label": this.texts.cut, onchange: () => this.#cut(true) },
      ...["none", "height", "east", "north"].map((a) => make("option", { value: a }, this.texts[`cut-${a}`])));
    this.slide = make("input", { type: "range", step: "0.05", "aria-label": this.texts["cut-at"], oninput: () => this.#cut(false) });
    this.slideText = make("output", {});
    this.slideLabel = make("label", { hidden: true }, make("span", {}, this.texts["cut-at"], " ", this.slideText), this.slide);
    this.measureButton = this.#button("measure", null, () => this.measure(!this.measuring), { "aria-pressed": "false" });
    this.ghostButton = this.#button("ghost", null, () => { this.ghost = !this.ghost; this.repaint(); }, { "aria-pressed": "true" });
    this.envelopeButton = this.#button("envelope", null, () => this.#envelope(true), { "aria-pressed": "true", hidden: !this.other });
    const turn = (name, sign, key) => this.#button(name, sign, () => this.orbit.key({ key }));
    this.tools.append(
      make("label", {}, this.texts.storey, this.floors), make("label", {}, this.texts.cut, this.axis), this.slideLabel,
      this.ghostButton, this.envelopeButton, this.measureButton, this.#button("fit", null, () => this.fit()),
      this.#button("reset", null, () => this.reset()),
      make("span", { dir: "ltr" }, turn("left", "↺", "ArrowLeft"), turn("right", "↻", "ArrowRight"), turn("up", "↑", "ArrowUp"),
        turn("down", "↓", "ArrowDown"), turn("nearer", "+", "+"), turn("farther", "−", "-")));
  }

  #click(x, y) {
    const number = this.picture.at(x, y);
    if (this.measuring) { this.#measureAt(number, x, y); return; }
    this.pick(number === null ? "" : this.own.elements[number].id);
  }

  #key(e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const middle = () => this.#click(this.canvas.clientWidth / 2, this.canvas.clientHeight / 2);
    const others = { Home: () => this.reset(), f: () => this.fit(), Enter: middle, " ": middle, m: () => this.measure(!this.measuring), Escape: () => { this.measure(false); this.pick(""); } };
    if (this.orbit.key(e)) this.middle.hidden = false;
    else if (others[e.key]) others[e.key]();
    else return;
    e.preventDefault();
  }

  // From outside or by a click: one element, or none.
  pick(id) {
    if (!this.picture) { this.onPick?.(id); return; }
    this.select(id ? [id] : []);
    this.el.dataset.picked = id;
    this.onPick?.(id);
  }

  select(ids) {
    this.chosen = ids;
    if (this.picture) { this.repaint(); this.say(); }
  }

  setStates(states) { this.states = states; if (this.picture) this.repaint(); }

  // A finding may name a storey: then all that stands in it.
  #numbers(ids) {
    const storeys = new Set((this.own.extras.storeys ?? []).map((s) => s.id));
    const whole = new Set(ids.filter((id) => storeys.has(id)));
    const found = ids.map((id) => this.own.numbers.get(id)).filter((n) => n !== undefined);
    if (whole.size) this.own.elements.forEach((e, n) => { if (whole.has(e.storey) && e.class !== "IfcSpace") found.push(n); });
    return found;
  }

  repaint() {
    const selected = new Set(this.#numbers(this.chosen));
    const marked = this.own.elements.map((e) => this.states[e.id]);
    const away = this.ghost && (selected.size > 0 || marked.some(Boolean));
    const codes = this.own.elements.map((element, n) => {
      if (this.storey && element.storey !== this.storey) return STATE.hidden;
      if (selected.has(n)) return STATE.selected;
      if (marked[n] && !(away && selected.size)) return STATE[marked[n]];
      if (element.class === "IfcSpace") return STATE.hidden;
      return away ? STATE.ghost : STATE.plain;
    });
    this.picture.paint(codes);
    if (this.envelopeButton) this.#envelope();
    this.ghostButton?.setAttribute("aria-pressed", String(this.ghost));
    const count = (code) => codes.filter((c) => c === code).length;
    Object.assign(this.el.dataset, {
      selected: [...selected].map((n) => this.own.elements[n].id).join(" "), errors: count(STATE.error), warnings: count(STATE.warning),
      ghosts: count(STATE.ghost), hidden: count(STATE.hidden), storey: this.storey,
    });
  }

  isolate(storey) {
    this.storey = storey;
    if (!this.picture) return;
    this.floors.value = storey;
    this.repaint();
    const standing = this.own.elements.map((e, n) => (e.storey === storey ? n : -1)).filter((n) => n >= 0);
    if (standing.length) this.orbit.fit(...this.#box(standing));
  }

  // A storey alone, and what was chosen, stand without the envelope, which would hide them.
  #envelope(toggle = false) {
    const on = (this.envelopeButton.getAttribute("aria-pressed") === "true") !== toggle;
    this.envelopeButton.setAttribute("aria-pressed", String(on));
    this.el.dataset.envelope = String(on && Boolean(this.other));
    const alone = this.storey || (this.ghost && this.#numbers(this.chosen).length > 0);
    // What breaks out lies on the walls that do, and colours them; what is allowed does not hide them.
    this.picture.showAround((name) => {
      const shown = name === "plot" ? !this.storey : on && !alone;
      if (!shown) return STATE.hidden;
      return name.startsWith("beyond_") ? STATE.over : STATE.plain;
    });
  }

  #bounds() {
    const all = this.own.elements.length ? this.own.elements : this.other?.elements ?? [];
    return this.#box(all.map((_, n) => n), all);
  }

  #box(numbers, elements = this.own.elements) {
    const low = [Infinity, Infinity, Infinity], high = [-Infinity, -Infinity, -Infinity];
    for (const n of numbers) for (let i = 0; i < 3; i++) {
      low[i] = Math.min(low[i], elements[n].low[i]); high[i] = Math.max(high[i], elements[n].high[i]);
    }
    return numbers.length ? [low, high] : [[0, 0, 0], [10, 10, 10]];
  }

  // Heights are told from the plot's level, or from the lowest storey.
  #zero() {
    const plot = this.other?.elements.find((e) => e.id === "plot");
    return plot ? plot.high[1] : this.own.extras.storeys?.[0]?.level ?? 0;
  }

  #cut(fresh) {
    const axis = this.axis.value;
    const normal = AXES[axis];
    this.slideLabel.hidden = !normal;
    this.el.dataset.cut = normal ? axis : "";
    if (!normal) { this.picture.section(null); return; }
    const [low, high] = this.#bounds();
    const at = (point) => normal.dot(new Vector3(...point));
    const [from, to] = [Math.min(at(low), at(high)), Math.max(at(low), at(high))];
    if (fresh) { Object.assign(this.slide, { min: from, max: to }); this.slide.value = from + (to - from) * 0.55; }
    const place = Number(this.slide.value);
    this.slideText.textContent = this.metres(place - (axis === "height" ? this.#zero() : from));
    this.slide.setAttribute("aria-valuetext", this.slideText.textContent);
    this.el.dataset.at = place.toFixed(2);
    this.picture.section(normal, place);
  }

  measure(on) {
    this.measuring = on; this.points = [];
    this.measureButton?.setAttribute("aria-pressed", String(on));
    this.middle.hidden = !on;
    delete this.el.dataset.measured;
    this.picture.measured([]);
    this.say(on ? this.texts["measure-first"] : undefined);
  }

  #measureAt(number, x, y) {
    const point = number === null ? null : this.picture.point(number, x, y);
    if (!point) return;
    this.points = this.points.length > 1 ? [point] : [...this.points, point];
    this.picture.measured(this.points);
    if (this.points.length < 2) { this.say(this.texts["measure-second"]); return; }
    const [a, b] = this.points;
    const flat = Math.hypot(b.x - a.x, b.z - a.z), rise = b.y - a.y, length = a.distanceTo(b);
    this.el.dataset.measured = length.toFixed(3);
    this.say(this.texts.measured.replace("{length}", this.metres(length)).replace("{flat}", this.metres(flat)).replace("{rise}", this.metres(rise)));
  }

  say(text) {
    const one = this.chosen.length === 1 ? this.own.elements[this.own.numbers.get(this.chosen[0])] : null;
    const storey = one && this.own.extras.storeys?.find((s) => s.id === one.storey)?.name;
    const told = one ? this.texts[storey ? "picked-storey" : "picked"].replace("{name}", one.name || one.id).replace("{kind}", one.class ?? "").replace("{storey}", storey ?? "") : undefined;
    const lost = this.own.extras.lost?.length ? ` · ${this.texts["lost-elements"]}` : "";
    const many = this.chosen.length > 1 ? this.texts.chosen.replace("{count}", this.chosen.length) : undefined;
    this.status.textContent = text ?? told ?? many ?? `${this.texts["picked-none"]}${lost}`;
  }

  fit() {
    if (!this.picture) return;
    const chosen = this.#numbers(this.chosen);
    this.orbit.fit(...(chosen.length ? this.#box(chosen) : this.#bounds()));
  }

  // The camera in metres of the grid: north is against z, up is y.
  camera() {
    const origin = (this.own.elements.length ? this.own : this.other).extras.origin ?? [0, 0, 0];
    const { camera } = this.picture;
    const turned = (v) => [v.x, -v.z, v.y].map((n) => Math.round(n * 1e6) / 1e6);
    const [right, up, back] = [new Vector3(), new Vector3(), new Vector3()];
    camera.matrixWorld.extractBasis(right, up, back);
    const place = [camera.position.x + origin[0], origin[1] - camera.position.z, camera.position.y + (origin[2] ?? 0)];
    return { position: place.map((n) => Math.round(n * 1000) / 1000), direction: turned(back.negate()), up: turned(up) };
  }

  look({ position, direction }) {
    if (!this.picture) return;
    const origin = (this.own.elements.length ? this.own : this.other).extras.origin ?? [0, 0, 0];
    const from = new Vector3(position[0] - origin[0], position[2] - (origin[2] ?? 0), origin[1] - position[1]);
    const along = new Vector3(direction[0], direction[2], -direction[1]).normalize();
    const [low, high] = this.#bounds();
    this.orbit.look(from, along, new Vector3(...low).add(new Vector3(...high)).multiplyScalar(0.5));
  }

  home() { this.orbit.fit(...this.#bounds(), true); }

  reset() {
    this.axis.value = "none"; this.#cut(true);
    this.measure(false); this.isolate(""); this.home();
  }

  end() { this.gone = true; this.watch?.disconnect(); this.picture?.end(); }
}

export async function mount(el, options) {
  const viewer = new Viewer(el, options);
  viewer.states = options.states ?? {};
  viewer.chosen = options.chosen ?? [];
  await viewer.open(options);
  if (options.view) viewer.look(options.view);
  return viewer;
}

export async function render({ model, el }) {
  const box = document.createElement("div");
  el.append(box);
  const viewer = await mount(box, {
    building: model.building, around: model.around, texts: model.texts, digits: model.digits, language: model.language,
    states: model.states, chosen: model.chosen, onPick: (id) => { model.picked = id; },
  });
  if (viewer.picture) {
    let later = 0;
    const tell = () => { model.camera = viewer.camera(); };
    viewer.orbit.looked = () => { clearTimeout(later); later = setTimeout(tell, 250); };
    tell();
  }
  const shows = (work) => () => { if (viewer.picture) work(); };
  model.on("states", () => viewer.setStates(model.states));
  model.on("chosen", shows(() => {
    viewer.select(model.chosen);
    if (model.chosen.length) { viewer.fit(); box.scrollIntoView({ block: "nearest" }); }
  }));
  model.on("storey", shows(() => viewer.isolate(model.storey)));
  model.on("remove", () => viewer.end());
}
