"""The plot map as a Panel component: the same bundle that the portal's page uses."""

import param
from panel.custom import JSComponent


class PlotMap(JSComponent):
    """A zone's plots; `chosen` is a plot number, `building` a GeoJSON drawn over them, `marked` outlines over all.

    WGS84, for drawing only. `source` is the address of the land where it is too much for a message, read by the map's
    worker; how many `plots` it has and its `bounds` come with it. Other `bounds` later are what to fly to, `goal` the
    plot that is then brought out. `standings` are states by plot number, `colours` by state; while `shown` names
    states, others fade. `drawn` are shapes, each with its `colour`. While `drawing`, a click chooses nothing: it adds
    longitude and latitude to `corners`.
    """

    land = param.Dict(default={})
    source = param.String(default="")
    bounds = param.List(default=[])
    plots = param.Integer(default=0)
    standings = param.Dict(default={})
    colours = param.Dict(default={})
    shown = param.List(default=[])
    goal = param.String(default="")
    building = param.Dict(default=None, allow_None=True)
    drawn = param.Dict(default=None, allow_None=True)
    marked = param.Dict(default=None, allow_None=True)
    chosen = param.String(default="")
    drawing = param.Boolean(default=False)
    corners = param.List(default=[])

    # The bundle is a plain asset, cached once for portal and desks; Panel loads this text without an
    # address of its own, so the import needs the whole origin.
    _esm = """
    export async function render({ model, el }) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = "/assets/plotmap.css";
      el.append(style);
      const map = await import(`${location.origin}/assets/plotmap.js`);
      await map.render({ model, el });
    }
    """
