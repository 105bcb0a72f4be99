"""The plans of storeys in a report: each room that a finding asks something of, numbered, with what was found of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from markupsafe import Markup

from bim.findings import Finding
from bim.report import Report, Rings, RoomInfo, StoreyPlanInfo
from permits.drawings import Sheet, label
from permits.i18n import translate
from permits.review.telling import OPEN, found, grade, heaviest_first
from permits.review.volumes import region_of
from permits.review.wording import Clauses, with_unit

_WALLS = 'fill="#c9c4b8" stroke="#6b6558" stroke-width="1"'
_ROOM = 'fill="#fff" stroke="#9a948a" stroke-width="1"'
_ASKED = {
    "error": ("#f3c9c5", "#b3261e"),
    "warning": ("#f8dcc2", "#a34e00"),
    "undecided": ("#f6e7b5", "#7a5c00"),
}
"""Fill and line of a room by the heaviest that was found of it."""
PLANNING = "planning"
"""The discipline of the clauses that the building rules are."""
_LETTER = 7.0
"""Drawing units that a letter of a room's name takes, about."""


@dataclass(frozen=True)
class Row:
    """What was found alike of some rooms: `rooms` as number, name and area."""

    grade: str
    rule: str
    sentence: str
    rooms: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Plan:
    """A storey's drawing as SVG, and its rows, the heaviest first."""

    storey: str
    drawing: Markup
    rows: tuple[Row, ...]


def storey_plans(report: Report, language: str, clauses: Clauses) -> list[Plan]:
    """The plans of a report, from below; what the guide asks of a room's data is not drawn."""
    asked = [f for f in heaviest_first(report) if f.outcome in OPEN and clauses.discipline(f.rule) == PLANNING]
    names = {storey.id: storey.name for storey in report.storeys}
    return [_plan(plan, names.get(plan.storey, ""), asked, language) for plan in report.plans]


def _plan(plan: StoreyPlanInfo, name: str, asked: Sequence[Finding], language: str) -> Plan:
    numbers = _numbers(plan, asked)
    rows = tuple(_rows(plan, numbers, asked, language))
    worst = {number: row.grade for row in reversed(rows) for number, _, _ in row.rooms}
    sheet = Sheet.around([region_of(rings) for rings in (plan.rings, *(room.rings for room in plan.rooms)) if rings])
    parts = [sheet.area(_flat(plan.rings), _WALLS)] if plan.rings else []
    for room in plan.rooms:
        style = _ROOM
        if room.id in numbers:
            fill, line = _ASKED[worst[numbers[room.id]]]
            style = f'fill="{fill}" stroke="{line}" stroke-width="2.5"'
        parts.append(sheet.area(_flat(room.rings), style))
    parts += [_name(sheet, room, numbers.get(room.id)) for room in plan.rooms]
    title = translate(language, "report-storey-plan", storey=name)
    drawing = Markup(sheet.drawing([*parts, sheet.scale_bar()], title))  # noqa: S704 - drawn by us, every text escaped
    return Plan(name, drawing, rows)


def _numbers(plan: StoreyPlanInfo, asked: Sequence[Finding]) -> dict[str, int]:
    """A number for each room that the findings name, by its GlobalId."""
    named = {key for finding in asked for key in finding.elements}
    return {room.id: number for number, room in enumerate((r for r in plan.rooms if r.id in named), 1)}


def _rows(
    plan: StoreyPlanInfo, numbers: Mapping[str, int], asked: Sequence[Finding], language: str
) -> Iterator[Row]:  # fmt: skip
    """What was found of the numbered rooms, the heaviest first."""
    alike: dict[tuple[str, str, str], dict[int, RoomInfo]] = {}
    for finding in asked:
        key = (grade(finding), finding.rule, found(finding, language))
        rooms = {numbers[room.id]: room for room in plan.rooms if room.id in finding.elements}
        alike.setdefault(key, {}).update(rooms)
    for key, rooms in alike.items():
        if rooms:
            told = (
                (number, rooms[number].name, with_unit(rooms[number].area, "m2", language)) for number in sorted(rooms)
            )
            yield Row(*key, tuple(told))


def _name(sheet: Sheet, room: RoomInfo, number: int | None) -> str:
    """The number of a room that is asked after, the name of another where it has the space for it."""
    region = region_of(room.rings)
    x, y = sheet.point(*shapely.point_on_surface(region).coords[0])
    if number is not None:
        return label(x, y, str(number), "#000")
    left, _, right, _ = region.bounds
    return label(x, y, room.name, "#555") if (right - left) * sheet.scale > _LETTER * len(room.name) else ""


def _flat(rings: Rings) -> list[list[tuple[float, float]]]:
    return [ring for polygon in rings for ring in polygon]
