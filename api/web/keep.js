// What a person types into a reason, remark or message is kept on this device until it was sent: per person and field.
// Desk fields lie in shadow roots and are drawn anew by the server: what is typed is heard where all of it passes, and
// fields are looked for to give back what was left.
const EVERY = 1000;
const TYPED = "textarea, input[type=text]";
const FIELDS = "[data-keep], .keep textarea, .keep input[type=text]";

function* deep(root) {
  yield* root.querySelectorAll(FIELDS);
  for (const one of root.querySelectorAll("*")) {
    if (!one.shadowRoot) continue;
    if (one.classList.contains("keep")) yield* one.shadowRoot.querySelectorAll(TYPED);
    yield* deep(one.shadowRoot);
  }
}

const isKept = (field) => field.matches?.(FIELDS) || (field.matches?.(TYPED) && field.getRootNode().host?.classList.contains("keep"));
const labelOf = (field) => field.closest(".bk-input-group")?.querySelector("label")?.textContent?.trim() || field.getAttribute("aria-label") || "";
// Fields of one label on one page are told apart by a class "keep-<name>" of the desk field around them.
const calledOf = (field) => [...(field.getRootNode().host?.classList ?? [])].find((one) => one.startsWith("keep-"));
const nameOf = (field) => field.dataset.keep ?? calledOf(field) ?? (labelOf(field) && `${field.tagName}/${labelOf(field)}`);

export function keepTyped({ who, restored }) {
  if (!who) return;
  const shelf = (name) => `rukhsa-kept/${who}/${location.pathname}${new URLSearchParams(location.search).get("id") ?? ""}/${name}`;
  const typed = new Map();
  const notes = new Map();
  const seen = new WeakSet();
  const forget = (name) => localStorage.removeItem(shelf(name));

  function tell(field) {
    const note = document.createElement("p");
    note.className = "quiet";
    note.setAttribute("role", "status");
    note.dataset.restored = "";
    note.textContent = restored;
    notes.set(field, note);
    const group = field.closest(".bk-input-group");
    if (group) { note.style.margin = "0"; group.append(note); } else (field.closest("label") ?? field).after(note);
  }

  function hear(event) {
    const field = event.composedPath()[0];
    const name = isKept(field) && nameOf(field);
    if (!name) return;
    if (field.value) { localStorage.setItem(shelf(name), field.value); typed.set(field, name); } else { forget(name); typed.delete(field); }
  }

  function look(field) {
    const name = nameOf(field);
    if (!name) return;
    if (seen.has(field)) return;
    seen.add(field);
    const left = localStorage.getItem(shelf(name));
    if (!left || field.value) return;
    field.value = left;
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true, composed: true }));
    tell(field);
  }

  // The desk empties a field once its text was taken, often in the moment in which its form is drawn anew: so a field
  // is asked after it has gone, too. One that went with its text in it, as with the part of a page, is kept.
  function settle() {
    for (const [field, name] of typed) {
      if (field.value === "") forget(name);
      if (field.value === "" || !field.isConnected) typed.delete(field);
    }
    for (const [field, note] of notes) {
      if (field.value === "") note.remove();
      if (field.value === "" || !field.isConnected) notes.delete(field);
    }
  }

  const all = () => { settle(); for (const field of deep(document)) look(field); };
  window.addEventListener("rukhsa-sent", (event) => event.detail.forEach(forget));
  // A form that was taken leads to an address of its own; one that was refused, or met no login, does not.
  for (const form of document.querySelectorAll("form[data-sent]")) {
    const names = [...form.querySelectorAll("[data-keep]")].map(nameOf);
    const mark = `${shelf(form.dataset.sent)}/sending`;
    form.addEventListener("submit", () => sessionStorage.setItem(mark, names.join("\n")));
  }
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith(shelf("")) || !key.endsWith("/sending")) continue;
    if (location.hash === "#end") sessionStorage.getItem(key).split("\n").forEach(forget);
    sessionStorage.removeItem(key);
  }
  document.addEventListener("input", hear, true);
  all();
  setInterval(all, EVERY);
}
