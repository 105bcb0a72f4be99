"""The plot map as a Panel component: the same bundle that the portal's page uses."""

from pathlib import Path

import param
from panel.custom import JSComponent


class PlotMap(JSComponent):
    """A zone's plots; `chosen` is a plot number, `building` a GeoJSON drawn over them. WGS84, for drawing only."""

    land = param.Dict(default={})
    building = param.Dict(default=None, allow_None=True)
    chosen = param.String(default="")

    _bundle = Path(__file__).parent.parent.parent / "api" / "assets" / "plotmap.js"
