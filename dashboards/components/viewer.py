"""The building in 3D as a Panel component: the same bundle that the portal's page uses, loaded when it is shown."""

import param
from panel.custom import JSComponent


class Model3D(JSComponent):
    """A case's scene. `chosen` are the GlobalIds brought out from here, `picked` the one a person clicked.

    `building` and `around` are addresses of binary glTF, `states` "error" or "warning" by GlobalId, `storey` the
    GlobalId of the one storey to show, `camera` where a person looks from (as `permits.cases.messages.Pointer` keeps
    it); `texts` are those of `permits.review.viewing`.
    """

    building = param.String(default="")
    around = param.String(default="")
    states = param.Dict(default={})
    chosen = param.List(default=[])
    picked = param.String(default="")
    storey = param.String(default="")
    camera = param.Dict(default={})
    texts = param.Dict(default={})
    language = param.String(default="ar")
    digits = param.String(default="latn")

    # As with the map: a plain asset, cached once for portal and desks.
    _esm = """
    export async function render({ model, el }) {
      const viewer = await import(`${location.origin}/assets/model3d.js`);
      await viewer.render({ model, el });
    }
    """
