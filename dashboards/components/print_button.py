"""A button that prints the page as it is."""

import param
from panel.custom import JSComponent


class PrintButton(JSComponent):
    """`label` is its text; what of the page is not for paper, the sheet of styles leaves out."""

    label = param.String(default="")

    _esm = """
    export function render({ model, el }) {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = "/assets/style.css";
      const frame = document.createElement("div");
      frame.className = "actions";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = model.label;
      button.addEventListener("click", () => window.print());
      frame.append(button);
      el.append(sheet, frame);
    }
    """
