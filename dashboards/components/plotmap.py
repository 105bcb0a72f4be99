"""The plot map as a Panel component: the same bundle that the portal's page uses."""

import param
from panel.custom import JSComponent


class PlotMap(JSComponent):
    """A zone's plots; `chosen` is a plot number, `building` a GeoJSON drawn over them. WGS84, for drawing only."""

    land = param.Dict(default={})
    building = param.Dict(default=None, allow_None=True)
    chosen = param.String(default="")

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
