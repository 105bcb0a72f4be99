"""Kinds of defects or changes and their places as one list; a kind is chosen, a place is looked at on the map."""

from pathlib import Path

import param
from panel.custom import JSComponent


class Places(JSComponent):
    """`table` is HTML of our own fragment; `kind` the kind that is chosen, empty for all; `at` the place, as text."""

    table = param.String(default="")
    kind = param.String(default="")
    at = param.String(default="")

    _esm = (Path(__file__).parent / "places.js").read_text(encoding="utf-8")
