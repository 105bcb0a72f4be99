"""What the counter needs of the browser: the focus where the next key belongs, and the receipt printed at once."""

from pathlib import Path

import param
from panel.custom import JSComponent


class Counter(JSComponent):
    """`focus` is the style class of the field to go to, `receipt` HTML to print; `number` makes each wish new."""

    focus = param.String(default="")
    receipt = param.String(default="")
    number = param.Integer(default=0)

    _esm = (Path(__file__).parent / "counter.js").read_text(encoding="utf-8")

    def go(self, focus: str, receipt: str = "") -> None:
        """Print the receipt, where there is one, and go to the field once it is there."""
        self.param.update(focus=focus, receipt=receipt)
        self.number += 1
