"""The frame of every desk: our own template, right to left, with our fonts and no request elsewhere."""

from pathlib import Path
from typing import Any

import panel as pn
from panel.theme import Design, Inherit
from panel.viewable import Viewable

from dashboards.menu import menu_of
from permits.i18n import translate
from permits.people.accounts import Live

TEMPLATE = (Path(__file__).parent / "shell.html").read_text(encoding="utf-8")
_FONT = "'IBM Plex Sans Arabic',sans-serif"
_ALL = f""":host,.bk-input,.bk-btn,button,input,select,label,textarea{{font-family:{_FONT}!important}}
:host{{direction:inherit;font-size:15px}} label{{white-space:normal}}"""
_SELECT = """select.bk-input:dir(rtl){padding-left:28px!important;padding-right:10px!important;
background-position:left 8px center!important;text-align:right}"""
_BUTTON = """.bk-btn.bk-btn-primary{background-color:#1d5c4a!important;border-color:#1d5c4a!important}
.bk-btn{font-weight:700} .bk-btn:focus-visible{outline:3px solid #e2a33b;outline-offset:2px}"""
_SPINNER = ".bk-spin-btn{display:none!important}"
"""Two buttons without a name, at the wrong side; the arrow keys do the same."""
_ROW = ":host{flex-wrap:wrap}"
_RADIO = "input[type=radio],input[type=checkbox]{margin-inline-end:8px!important}"


class DeskDesign(Design):
    """Fonts and direction for every component, also inside its shadow root."""

    modifiers = {  # noqa: RUF012 - read by Panel as a class attribute
        Viewable: {"stylesheets": [Inherit, _ALL]},
        pn.widgets.Select: {"stylesheets": [Inherit, _ALL, _SELECT]},
        pn.widgets.Button: {"stylesheets": [Inherit, _ALL, _BUTTON]},
        pn.widgets.IntInput: {"stylesheets": [Inherit, _ALL, _SPINNER]},
        pn.widgets.FloatInput: {"stylesheets": [Inherit, _ALL, _SPINNER]},
        pn.widgets.RadioButtonGroup: {"stylesheets": [Inherit, _ALL, ".bk-btn-group{flex-wrap:wrap}"]},
        pn.Row: {"stylesheets": [Inherit, _ALL, _ROW]},
        pn.widgets.RadioBoxGroup: {"stylesheets": [Inherit, _ALL, _RADIO]},
        pn.widgets.CheckBoxGroup: {"stylesheets": [Inherit, _ALL, _RADIO, ".bk-input-group{flex-wrap:wrap}"]},
        pn.widgets.Checkbox: {"stylesheets": [Inherit, _ALL, _RADIO]},
    }


def shell(live: Live, title: str, number: str = "", offline: str = "", **panels: Any) -> pn.Template:
    """A page: title and the number of what it shows, who reads it, and its panels `main` and, where given, `side`.

    `offline` is what its reader may do while the server cannot be reached.
    """
    language = live.language
    page = _page(title, language, side="side" in panels, number=number)
    page.add_variable("visitor", {"name": live.actor.name, "csrf": live.csrf, "id": live.actor.id})
    page.add_variable("offline", offline)
    page.add_variable("menu", [(desk.path, translate(language, desk.name)) for desk in menu_of(live.actor)])
    for name, content in panels.items():
        page.add_panel(name, content)
    return page


def refusal(text: str, language: str = "ar") -> pn.Template:
    """A page that only says why there is no page."""
    page = _page(text, language)
    page.add_variable("visitor", {"name": "", "csrf": "", "id": ""})
    page.add_variable("offline", "")
    page.add_variable("menu", [("/", translate(language, "desk-home"))])
    page.add_panel("main", pn.pane.HTML(""))
    return page


def _page(title: str, language: str, *, side: bool = False, number: str = "") -> pn.Template:
    page = pn.Template(TEMPLATE)
    page.add_variable("desk", {
        "title": title, "number": number, "side": side, "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "other": "en" if language == "ar" else "ar", "other_name": "English" if language == "ar" else "العربية",
        "app": translate(language, "app-name"), "banner": translate(language, "fictitious-banner"),
        "logout": translate(language, "logout"), "ended": translate(language, "error-session-ended"),
        "again": translate(language, "login-enter"), "lost": translate(language, "desk-lost"),
        "restored": translate(language, "draft-restored"),
    })  # fmt: skip
    return page
