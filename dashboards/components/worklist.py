"""A list of the desk as one Panel component: filters and table are plain HTML, so that a long queue opens fast."""

from pathlib import Path

import param
from panel.custom import JSComponent


class Worklist(JSComponent):
    """`bar` and `table` are HTML of our own fragments; `query` is kept in the page's address.

    `asked` is what the person did last: `do` with filter (and the fields of the bar's form), sort (`by`), page
    (`page`), or the act of a button with the ticked `cases` and the choice `to`; `number` makes each one new.
    """

    bar = param.String(default="")
    table = param.String(default="")
    query = param.String(default="")
    asked = param.Dict(default={})

    _esm = (Path(__file__).parent / "worklist.js").read_text(encoding="utf-8")
