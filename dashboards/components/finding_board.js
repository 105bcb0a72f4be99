// The findings of a case: decided one by one or a whole clause at once, by mouse or by keys of any layout.
const EDITABLE = "input, select, textarea";

export function render({ model, el }) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/assets/style.css";
  const list = document.createElement("div");
  const help = document.createElement("dialog");
  el.append(style, list, help);
  const typed = new Map();
  let asked = 0;

  const root = () => el.getRootNode();
  const ask = (what) => { model.asked = { ...what, number: (asked += 1) }; };
  const findings = () => [...list.querySelectorAll("article.finding")];
  const active = () => (el.shadowRoot ?? root()).activeElement ?? root().activeElement;
  const here = () => active()?.closest?.("article.finding, [data-clause]");

  function keep() {
    for (const form of list.querySelectorAll("form[data-form]")) {
      const { reason, decision } = form.elements;
      if (reason.value || decision.selectedIndex) typed.set(form.dataset.form, [reason.value, decision.value]);
    }
  }

  function draw(html) {
    const had = here()?.dataset.key;
    keep();
    list.innerHTML = html;
    for (const form of list.querySelectorAll("form[data-form]")) {
      const [reason, decision] = typed.get(form.dataset.form) ?? [];
      if (reason) form.elements.reason.value = reason;
      if (decision) form.elements.decision.value = decision;
    }
    const dialog = list.querySelector("[data-help]");
    if (dialog) help.replaceChildren(...dialog.content.cloneNode(true).children);
    if (had) (list.querySelector(`[data-key="${CSS.escape(had)}"]`) ?? findings()[0])?.focus();
  }

  // What was sent is no draft any more; one who works by keys goes on to the next open finding.
  function done() {
    const { keys = [], from } = model.done;
    keys.forEach((key) => typed.delete(key));
    for (const form of list.querySelectorAll("form[data-form]")) {
      if (keys.includes(form.dataset.form)) { form.elements.reason.value = ""; form.elements.decision.selectedIndex = 0; }
    }
    window.dispatchEvent(new CustomEvent("rukhsa-sent", { detail: keys.map((key) => `finding/${key}`) }));
    const within = here();
    draw(model.html);
    const open = findings().filter((one) => one.dataset.open);
    if (within) (open.find((one) => Number(one.dataset.order) > (from ?? -1)) ?? open[0] ?? findings()[0])?.focus();
  }

  function send(form) {
    const { decision, reason } = form.elements;
    const positions = form.dataset.positions.split(" ").map(Number);
    const order = Number(form.closest("article.finding")?.dataset.order ?? -1);
    ask({ do: "decide", key: form.dataset.form, positions, seen: form.dataset.seen.split(" "), decision: decision.value, reason: reason.value, order });
  }

  function step(by, only) {
    const all = findings().filter((one) => !only || one.dataset.open);
    const from = here();
    let at = all.indexOf(from);
    if (at < 0 && from) at = all.findIndex((one) => from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) - (by > 0 ? 1 : 0);
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "center" });
  }

  function choose(decision) {
    const form = (here() ?? findings()[0])?.querySelector("form[data-form]");
    if (!form) return;
    form.closest("details")?.setAttribute("open", "");
    if (decision) form.elements.decision.value = decision;
    form.elements[decision ? "reason" : "phrase"].focus();
  }

  function clause() {
    const form = here()?.closest("[data-group]")?.querySelector("form[data-many]");
    form?.elements.reason.focus();
  }

  const KEYS = {
    KeyJ: () => step(1), KeyK: () => step(-1), KeyN: () => step(1, true), KeyS: () => choose("stands"), KeyO: () => choose("overridden"),
    KeyP: () => choose(""), KeyG: clause, KeyM: () => here()?.querySelector("[data-show]")?.click(),
  };

  function key(event) {
    const { code, shiftKey } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || !el.isConnected) return;
    const at = event.composedPath()[0];
    if (at?.matches?.(EDITABLE)) {
      if (code === "Escape" && list.contains(at)) { at.closest("article.finding, [data-clause]")?.focus(); event.preventDefault(); }
      return;
    }
    if (at?.closest?.(".view3d") || help.open) return;
    if (code === "Slash" && shiftKey) help.showModal();
    else if (KEYS[code] && !shiftKey) KEYS[code]();
    else return;
    event.preventDefault();
  }

  draw(model.html);
  model.on("html", () => draw(model.html));
  model.on("done", done);
  document.addEventListener("keydown", key);
  model.on("remove", () => document.removeEventListener("keydown", key));
  el.addEventListener("submit", (event) => {
    if (event.target.method === "dialog") return;
    event.preventDefault();
    send(event.target);
  });
  list.addEventListener("change", (event) => {
    const { target } = event;
    if (!target.matches("select[name=phrase]")) return;
    const { reason } = target.form.elements;
    const before = target.dataset.written ?? "";
    reason.value = before && reason.value.includes(before) ? reason.value.replace(before, target.value).trim() : `${reason.value} ${target.value}`.trim();
    target.dataset.written = target.value;
    reason.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-show], button[data-keys]");
    if (!button) return;
    if ("keys" in button.dataset) help.showModal();
    else ask({ do: "show", position: Number(button.dataset.show) });
  });
}
