// A list of the desk: its filters are drawn once, its table anew; what a person does is told to the page.
export function render({ model, el }) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/assets/style.css";
  const bar = document.createElement("div");
  const table = document.createElement("div");
  el.append(style, bar, table);
  const ticked = new Set();
  let asked = 0;
  let typing = 0;

  const ask = (what) => { model.asked = { ...what, number: (asked += 1) }; };
  const boxes = () => [...table.querySelectorAll("input[data-case]")];
  const root = () => el.getRootNode();

  function tell() {
    const count = bar.querySelector("[data-ticked]");
    if (count) count.textContent = String(ticked.size);
    const all = table.querySelector("input[data-all]");
    const shown = boxes();
    if (all) all.checked = shown.length > 0 && shown.every((box) => box.checked);
  }

  function draw() {
    const focused = root().activeElement?.dataset?.key;
    table.innerHTML = model.table;
    const here = new Set(boxes().map((box) => box.dataset.case));
    for (const id of [...ticked]) if (!here.has(id)) ticked.delete(id);
    for (const box of boxes()) box.checked = ticked.has(box.dataset.case);
    if (focused) table.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    tell();
  }

  function filter() {
    ask({ do: "filter", ...Object.fromEntries(new FormData(bar.querySelector("form"))) });
  }

  bar.innerHTML = model.bar;
  draw();
  model.on("table", draw);
  model.on("bar", () => {  // the buttons anew, and not the form that somebody may be typing in
    const anew = document.createElement("template");
    anew.innerHTML = model.bar;
    const [from, to] = [anew.content.querySelector(".acts"), bar.querySelector(".acts")];
    const chosen = to?.querySelector("select[data-to]")?.value;
    if (from && to) to.innerHTML = from.innerHTML;
    if (chosen) to.querySelector("select[data-to]").value = chosen;
    tell();
  });
  model.on("query", () => history.replaceState(null, "", `${location.pathname}${model.query}`));
  bar.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(typing); filter(); });
  bar.addEventListener("input", (event) => {
    if (!event.target.closest("form")) return;
    clearTimeout(typing);
    typing = setTimeout(filter, event.target.tagName === "SELECT" ? 0 : 350);
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    const to = bar.querySelector("select[data-to]");
    ask({ do: button.dataset.act, cases: [...ticked], to: to ? to.value : "" });
    ticked.clear();
    for (const box of boxes()) box.checked = false;
    tell();
  });
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-sort], button[data-page]");
    if (!button) return;
    const { sort, page } = button.dataset;
    ask(sort ? { do: "sort", by: sort } : { do: "page", page });
  });
  table.addEventListener("change", (event) => {
    const { target } = event;
    const meant = target.matches("input[data-all]") ? boxes() : boxes().filter((box) => box === target);
    for (const box of meant) {
      box.checked = target.checked;
      if (box.checked) ticked.add(box.dataset.case); else ticked.delete(box.dataset.case);
    }
    tell();
  });
}
