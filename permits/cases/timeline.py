"""What happened to a case, for people: the audit entries with runs of the same act put together."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from permits import audit
from permits.i18n import translate


@dataclass(frozen=True)
class Happening:
    """One act, or `count` of the same one after another; `state` is where the case came to, if it moved."""

    at: datetime
    event: str
    state: str | None
    count: int

    def text(self, language: str) -> str:
        """The act in words."""
        if self.state:
            state = translate(language, f"state-{self.state.replace('_', '-')}")
            return translate(language, "event-state-to", state=state)
        text = translate(language, f"event-{self.event}")
        return f"{text} (×{self.count})" if self.count > 1 else text


def timeline_of(session: Session, *, case_id: str) -> list[Happening]:
    """The acts on a case, newest first."""
    happenings: list[Happening] = []
    for row in audit.timeline(session, case_id):
        happening = Happening(audit.moment(row), row.event, json.loads(row.data).get("target"), 1)
        last = happenings[-1] if happenings else None
        if last and (last.event, last.state) == (happening.event, None):
            happenings[-1] = replace(happening, count=last.count + 1)
        else:
            happenings.append(happening)
    return happenings[::-1]
