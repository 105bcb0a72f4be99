"""The visitor of a page: looked up anew in every callback, because a login may end while a page is open."""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import panel as pn

from dashboards.words import in_words, plain
from gis.errors import LandError
from permits.digits import READER
from permits.errors import RukhsaError, Unauthenticated
from permits.i18n import error_text, translate
from permits.jobs import Context
from permits.people.accounts import Live, live_ref
from permits.people.actor import Role

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visitor:
    """One open page's tie to its login; `ref` names the login and is no credential."""

    context: Context
    ref: str

    def need(self, *roles: Role) -> Live:
        """The login as it is now, or an error; called at the start of every callback."""
        with self.context.database.reading() as session:
            live = live_ref(session, ref=self.ref)
        live.actor.need(*roles)
        READER.set(live.digits)
        return live


def arriving(context: Context) -> Visitor:
    """The visitor of the page that is being built, named by the guard's header."""
    ref = (pn.state.headers or {}).get("x-sess") or (pn.state.headers or {}).get("X-Sess")
    if not ref:
        raise Unauthenticated("session-ended")
    return Visitor(context, str(ref))


def given(name: str) -> str:
    """One part of the page's address; empty where it is not there."""
    values = (pn.state.session_args or {}).get(name, [b""])
    return bytes(values[0]).decode("utf-8", "replace")


def reporting(notice: pn.pane.Alert, language: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Decorate a callback so that whatever it raises is shown on the page, not only logged."""

    def decorate(callback: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(callback)
        def guarded(*args: Any, **kwargs: Any) -> None:
            notice.visible = False
            try:
                callback(*args, **kwargs)
            except (RukhsaError, LandError) as error:
                notice.param.update(
                    object=plain(in_words(error_text(error, language))), alert_type="danger", visible=True
                )
            except Exception:
                log.exception("callback failed")
                notice.param.update(object=translate(language, "desk-fault"), alert_type="danger", visible=True)

        return guarded

    return decorate
