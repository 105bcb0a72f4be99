"""The list of council property from CSV or an Excel workbook: wholly, or not at all with what is wrong in each row."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.sources import read_layer
from gis.sources.layer import Limits
from permits import audit
from permits.assets.inventory import KEEPERS, Domain, Stage
from permits.assets.tables import Asset, AssetEvidence
from permits.audit import AuditEvent
from permits.db import new_id
from permits.errors import Invalid, TooLarge
from permits.i18n import translate
from permits.lists import SHOWN, RowFault, columns_of, texts_of
from permits.money.money import MoneyError, parse_amount
from permits.people.actor import Actor, Role
from permits.text import fold

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("رقم الجرد", "number"),
    "name": ("الاسم", "اسم العقار", "name"),
    "domain": ("النطاق", "نوع الملك", "domain"),
    "use": ("الاستعمال", "use"),
    "custodian": ("الجهة الحائزة", "الجهة", "custodian"),
    "cadastral_zone": ("المنطقة العقارية", "cadastral zone"),
    "parcel": ("رقم العقار", "parcel"),
    "sheet_no": ("رقم الصحيفة", "sheet"),
    "area": ("المساحة", "area"),
}
"""Each column under every name that it may have; the first is the one that messages use."""

REQUIRED = ("number", "name", "domain", "use", "custodian")
DOMAINS = {
    **dict.fromkeys(("عام", "عامة", "أملاك عامة", "public"), Domain.PUBLIC),
    **dict.fromkeys(("خاص", "خاصة", "أملاك خاصة", "private"), Domain.PRIVATE),
}
LONGEST = {"name": 200, "use": 80, "custodian": 120, "cadastral_zone": 120}
MOST_BYTES = 15 << 20
"""Of a list at the desk, which comes in one message; larger ones come by `rukhsa office import-assets`."""

SUFFIXES = (".xlsx", ".csv")
_LIMITS = Limits(bytes=64 << 20, rows=200_000, columns=60)


class InventoryRefused(Invalid):
    """A list that was not taken: every fault of every row, nothing loaded."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__("inventory-refused", count=len(faults))
        self.faults = tuple(faults)


def fault_text(fault: RowFault, language: str) -> str:
    """A fault in words, with its row and column."""
    key = f"asset-fault-{fault.code.replace('_', '-')}"
    return translate(language, key, row=fault.row, column=fault.column, value=fault.value)


def import_list(session: Session, *, actor: Actor, name: str, content: bytes) -> int:
    """`import_inventory` of a list that was handed in at the desk, under the name that it had there."""
    actor.need(*KEEPERS)
    plain = PurePath(name.replace("\\", "/")).name[-120:]
    if not content or PurePath(plain).suffix.lower() not in SUFFIXES:
        raise Invalid("inventory-file", kinds=", ".join(SUFFIXES))
    if len(content) > MOST_BYTES:
        raise TooLarge("inventory-too-large", megabytes=MOST_BYTES >> 20)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / plain
        path.write_bytes(content)
        return import_inventory(session, actor=actor, path=path)


def import_inventory(session: Session, *, actor: Actor, path: Path) -> int:
    """Enter every property of a list as listed; how many. Raises InventoryRefused, or the land's LayerRefused."""
    actor.need(*KEEPERS, Role.SYSTEM)
    layer = read_layer(path, limits=_LIMITS)
    columns, faults = columns_of(layer.fields, COLUMNS, REQUIRED)
    read = [(row.number, texts_of(row.attributes, columns)) for row in layer.rows]
    faults += [fault for number, texts in read for fault in _faults(number, texts, columns)]
    faults += _repeated(session, read, columns)
    if faults:
        raise InventoryRefused(sorted(faults, key=lambda fault: fault.row))
    assets = [_asset(texts) for _, texts in read]
    session.add_all(assets)
    session.flush()
    session.add_all(
        AssetEvidence(asset_id=one.id, stage=str(Stage.LISTED), evidence=path.name, actor_id=actor.id) for one in assets
    )
    session.flush()
    audit.record(session, AuditEvent.ASSETS_LISTED, actor=actor, subject="assets", file=path.name, count=len(assets))
    return len(assets)


def _faults(row: int, texts: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[RowFault]:
    for name, text in texts.items():
        field = columns[name]
        if not text:
            if name in REQUIRED:
                yield RowFault(row, field, "missing")
        elif len(text) > LONGEST.get(name, 40):
            yield RowFault(row, field, "too_long", text[:SHOWN])
        elif name == "domain" and _domain(text) is None:
            yield RowFault(row, field, "domain_unknown", text)
        elif name == "area" and _area(text) is None:
            yield RowFault(row, field, "area_unreadable", text)


def _repeated(
    session: Session, read: Sequence[tuple[int, Mapping[str, str]]], columns: Mapping[str, str]
) -> list[RowFault]:  # fmt: skip
    """Numbers given twice in the file, or to a property of the inventory."""
    taken = set(session.scalars(select(Asset.number)))
    first, faults = dict[str, int](), list[RowFault]()
    for row, texts in read:
        number = texts.get("number", "")
        if number in taken:
            faults.append(RowFault(row, columns["number"], "number_taken", number[:SHOWN]))
        elif number and first.setdefault(number, row) != row:
            faults.append(RowFault(row, columns["number"], "number_twice", number[:SHOWN]))
    return faults


def _domain(text: str) -> Domain | None:
    return {fold(name): domain for name, domain in DOMAINS.items()}.get(fold(text))


def _area(text: str) -> Decimal | None:
    """Square metres in Arabic or Latin digits, to the hundredth."""
    try:
        area = parse_amount(text)
    except MoneyError:
        return None
    return area.quantize(Decimal("0.01")) if 0 < area <= Decimal(10**8) else None


def _asset(texts: Mapping[str, str]) -> Asset:
    domain, area = _domain(texts["domain"]), _area(texts.get("area", ""))
    plain = {name: texts.get(name, "") for name in COLUMNS if name not in ("domain", "area")}
    return Asset(
        id=new_id(), stage=str(Stage.LISTED), domain=str(domain), area="" if area is None else str(area), **plain
    )  # fmt: skip
