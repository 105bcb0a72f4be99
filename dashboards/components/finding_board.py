"""The list of findings as one Panel component: plain HTML, so that a report of many findings opens fast."""

from pathlib import Path

import param
from panel.custom import JSComponent


class FindingBoard(JSComponent):
    """`html` is our own fragment. `asked` is what the person did last; `number` makes each one new.

    `do` is decide (with the `key` of the form, `positions`, the `seen` decisions, `decision`, `reason` and the
    `order` of the finding in the list) or show (with `position`). `done` names the `keys` of forms that were taken.
    """

    html = param.String(default="")
    asked = param.Dict(default={})
    done = param.Dict(default={})

    _esm = (Path(__file__).parent / "finding_board.js").read_text(encoding="utf-8")
