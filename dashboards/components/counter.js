// The cashier's hands stay on the keys: focus goes on by itself, the receipt is printed from a frame of its own.
const PATIENCE = 40;

function* deep(root, wanted) {
  for (const one of root.querySelectorAll("*")) {
    if (one.classList.contains(wanted)) yield one;
    if (one.shadowRoot) yield* deep(one.shadowRoot, wanted);
  }
}

function print(html) {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "print";
  frame.dataset.printed = "";
  frame.srcdoc = html;
  frame.addEventListener("load", () => {
    frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove(), 1000));
    frame.contentWindow.print();
  });
  document.querySelectorAll("iframe[data-printed]").forEach((old) => old.remove());
  document.body.append(frame);
}

export function render({ model }) {
  function go(left = PATIENCE) {
    const host = [...deep(document, model.focus)].at(-1);
    const field = host && (host.shadowRoot ?? host).querySelector("input, button");
    if (field) { field.focus(); field.select?.(); } else if (left) setTimeout(() => go(left - 1), 50);
  }
  model.on("number", () => { if (model.receipt) print(model.receipt); go(); });
  go();
}
