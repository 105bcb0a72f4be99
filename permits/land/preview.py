"""What a zone file that was handed in would bring, before it comes into force; kept as a file, read by the page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.geojson import GeoJson
from permits.cases.tables import Case
from permits.planning.differences import Difference
from permits.planning.states import UNDER_WAY


@dataclass(frozen=True)
class Place:
    """One defect or change where it lies: `kind` is that of `DefectKind`, of `ChangeKind`, or "sheets".

    `code` and `values` are what is said of it; `shape`, and `before` where its outline was another one, are
    geometries of WGS84; `box` is left, low, right, high of both; `areas` are square metres before and after.
    """

    kind: str
    code: str
    values: Mapping[str, str | float]
    shape: GeoJson
    box: Sequence[float]
    before: GeoJson | None = None
    areas: Sequence[float | None] = (None, None)
    attributes: Sequence[Sequence[Any]] = ()
    sheets: Sequence[Difference] = ()


@dataclass(frozen=True)
class Replaced:
    """A change of planning sheets, made at the planner's desk, that the file does not have."""

    zone: str
    plots: Sequence[str]
    valid_from: str
    legal_act: str


@dataclass(frozen=True)
class Preview:
    """Of a file of `plots` plots: the first defects and changes with their places, and counts of all by kind.

    `zones` says of each zone whether it is new, same, compared, or in another grid (other-grid) than the version in
    force; `touched` are zone and number of every plot that changes.
    """

    bounds: Sequence[float]
    plots: int
    zones: Mapping[str, str]
    defects: tuple[Place, ...]
    changes: tuple[Place, ...]
    found: Mapping[str, int]
    changed: Mapping[str, int]
    touched: tuple[tuple[str, str], ...]
    replaced: tuple[Replaced, ...]


def as_bytes(preview: Preview) -> bytes:
    """As it is kept."""
    return json.dumps(asdict(preview), ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(content: bytes) -> Preview:
    """As it was kept."""
    told = json.loads(content)
    places = {name: tuple(map(_place, told[name])) for name in ("defects", "changes")}
    touched = tuple((zone, number) for zone, number in told["touched"])
    return Preview(**{**told, **places, "touched": touched, "replaced": tuple(Replaced(**r) for r in told["replaced"])})


def _place(told: dict[str, Any]) -> Place:
    return Place(**{**told, "sheets": tuple(Difference(**one) for one in told["sheets"])})


def cases_on(session: Session, preview: Preview) -> list[Case]:
    """The cases under way, as of now, on plots that would change."""
    zones = {zone for zone, _ in preview.touched}
    query = select(Case).where(Case.zone.in_(zones), Case.state.in_([str(state) for state in UNDER_WAY]))
    touched = set(preview.touched)
    return [case for case in session.scalars(query.order_by(Case.number)) if (case.zone, case.plot) in touched]
