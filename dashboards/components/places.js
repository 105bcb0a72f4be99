// Kinds and places of a file that was handed in: buttons of our own fragment, so that the keyboard reaches them too.
export function render({ model, el }) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/assets/style.css";
  const table = document.createElement("div");
  el.append(style, table);

  function show() {
    for (const button of table.querySelectorAll("button[data-kind]")) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === model.kind));
    }
    for (const row of table.querySelectorAll("[data-of]")) row.hidden = Boolean(model.kind) && row.dataset.of !== model.kind;
    for (const button of table.querySelectorAll("button[data-at]")) {
      button.setAttribute("aria-pressed", String(button.dataset.at === model.at));
    }
  }

  function draw() {
    table.innerHTML = model.table;
    show();
  }

  table.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { kind, at } = button.dataset;
    if (kind !== undefined) model.kind = model.kind === kind ? "" : kind;
    if (at !== undefined) model.at = at;
    show();
  });
  draw();
  model.on("table", draw);
  model.on(["kind", "at"], show);
}
