"""The frame of every desk: our own template, right to left, with our fonts and no request elsewhere."""

from pathlib import Path
from typing import Any

import panel as pn
from panel.theme import Design, Inherit
from panel.viewable import Viewable

from permits.i18n import translate
from permits.people.accounts import Live
from permits.people.actor import Role

TEMPLATE = (Path(__file__).parent / "shell.html").read_text(encoding="utf-8")
_FONT = "'IBM Plex Sans Arabic',sans-serif"
_ALL = f""":host,.bk-input,.bk-btn,button,input,select,label,textarea{{font-family:{_FONT}!important}}
:host{{direction:inherit;font-size:15px}}"""
_SELECT = """select.bk-input{padding-left:28px!important;padding-right:10px!important;
background-position:left 8px center!important;text-align:right}"""
_RADIO = "input[type=radio],input[type=checkbox]{margin-inline-end:8px!important}"


class DeskDesign(Design):
    """Fonts and direction for every component, also inside its shadow root."""

    modifiers = {  # noqa: RUF012 - read by Panel as a class attribute
        Viewable: {"stylesheets": [Inherit, _ALL]},
        pn.widgets.Select: {"stylesheets": [Inherit, _ALL, _SELECT]},
        pn.widgets.RadioBoxGroup: {"stylesheets": [Inherit, _ALL, _RADIO]},
        pn.widgets.Checkbox: {"stylesheets": [Inherit, _ALL, _RADIO]},
    }


def shell(live: Live, title: str, **panels: Any) -> pn.Template:
    """A page: title, who reads it, and its panels `main` and, where given, `side`."""
    language = live.language
    names = ("home", "sheets", "occupancies", "assets", "logout", "ended", "again")
    keys = ("desk-home", "sheet-title", "occupancy-desk", "asset-title", "logout", "error-session-ended", "login-enter")
    page = pn.Template(TEMPLATE)
    page.add_variable("desk", {
        "title": title, "user": live.actor.name, "csrf": live.csrf, "language": language,
        "direction": "rtl" if language == "ar" else "ltr", "app": translate(language, "app-name"),
        "banner": translate(language, "fictitious-banner"),
        **{name: translate(language, key) for name, key in zip(names, keys, strict=True)},
        "side": "side" in panels, "land": translate(language, "layers-desk") if live.actor.has(Role.ADMIN) else "",
    })  # fmt: skip
    for name, content in panels.items():
        page.add_panel(name, content)
    return page


def refusal(text: str) -> pn.Template:
    """A page that only says why there is no page."""
    page = pn.Template(TEMPLATE)
    page.add_variable("desk", {
        "title": text, "user": "", "csrf": "", "language": "ar", "direction": "rtl", "side": False,
        "app": translate("ar", "app-name"), "banner": "", "home": translate("ar", "desk-home"),
        "sheets": translate("ar", "sheet-title"), "occupancies": translate("ar", "occupancy-desk"),
        "assets": translate("ar", "asset-title"),
        "logout": "", "ended": "", "again": "", "land": "",
    })  # fmt: skip
    page.add_panel("main", pn.pane.HTML(""))
    return page
