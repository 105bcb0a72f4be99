"""The inventory: taken wholly or not at all, and advanced stage by stage with evidence."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from api.cli import main
from permits import audit
from permits.assets import inventory
from permits.assets.figures import progress
from permits.assets.importing import InventoryRefused, fault_text, import_inventory
from permits.assets.inventory import Domain, Stage
from permits.assets.map import assets_in, read_box
from permits.assets.tables import Asset, AssetEvidence
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from tests.assets.council import GRID, REGISTRAR, SECOND, corners, listed, mapped

HEAD = ["رقم الجرد", "الاسم", "النطاق", "الاستعمال", "الجهة الحائزة", "المنطقة العقارية", "رقم العقار", "المساحة"]
ROWS = [
    ["١٢", "حديقة الياسمين", "عام", "حديقة", "مديرية الحدائق", "تجريبية", "77", "١٢٥٠٫٥"],
    ["13", "محل تجاري", "أملاك خاصة", "تجاري", "مديرية الأملاك", "", "", ""],
]


def sheet(path: Path, rows: list[list[object]], head: list[str] = HEAD) -> Path:
    if path.suffix == ".csv":
        text = "\n".join(";".join(map(str, row)) for row in [head, *rows])
        path.write_bytes(text.encode("cp1256" if path.stem == "old" else "utf-8-sig"))
    else:
        book = Workbook()
        for row in [head, *rows]:
            book.active.append(row)
        book.save(path)
    return path


@pytest.mark.parametrize("name", ["list.csv", "old.csv", "list.xlsx"])
def test_a_list_is_taken_from_csv_and_excel(context: Context, tmp_path: Path, name: str) -> None:
    rows: list[list[object]] = [
        *ROWS,
        [14, "مستودع", "خاص", "مستودع", "مديرية الأملاك", "", 99.0 if name.endswith("xlsx") else 99, 80.25],
    ]
    if name == "old.csv":  # Windows-1256 has no Arabic digits
        rows[0] = ["12", *rows[0][1:7], "1250.5"]
    with context.database.transaction() as session:
        assert import_inventory(session, actor=SYSTEM, path=sheet(tmp_path / name, rows)) == 3
    with context.database.reading() as session:
        found = list(session.scalars(select(Asset).order_by(Asset.name)))
        assert {(one.domain, one.area, one.parcel) for one in found} == {
            ("public", "1250.50", "77"), ("private", "", ""), ("private", "80.25", "99"),
        }  # fmt: skip
        assert {one.stage for one in found} == {"listed"}
        counts = progress(session, actor=REGISTRAR)
        assert (counts.total, counts.of(Domain.PUBLIC), counts.at(Stage.LISTED)) == (3, 1, 3)
        assert session.scalar(select(func.count()).select_from(AssetEvidence)) == 3
        assert [row.event for row in audit.timeline(session, "assets")] == ["assets-listed"]


def test_a_list_with_faults_leaves_nothing(context: Context, tmp_path: Path) -> None:
    listed(context, "99")
    rows: list[list[object]] = [
        *ROWS,
        ["13", "مكرر", "خاص", "تجاري", "مديرية", "", "", ""],
        ["99", "موجود", "خاص", "تجاري", "مديرية", "", "", ""],
        ["15", "", "وقف", "تجاري", "مديرية", "", "", "-5"],
        ["16", "ا" * 201, "خاص", "تجاري", "مديرية", "", "", "واسع"],
    ]
    with pytest.raises(InventoryRefused) as refused, context.database.transaction() as session:
        import_inventory(session, actor=SYSTEM, path=sheet(tmp_path / "list.csv", rows))
    assert [(fault.row, fault.code) for fault in refused.value.faults] == [
        (3, "number_twice"), (4, "number_taken"), (5, "missing"), (5, "domain_unknown"), (5, "area_unreadable"),
        (6, "too_long"), (6, "area_unreadable"),
    ]  # fmt: skip
    assert "السطر" in fault_text(refused.value.faults[0], "ar")
    with context.database.reading() as session:
        assert session.scalars(select(Asset.number)).all() == ["99"]


def test_columns_are_known_or_named(context: Context, tmp_path: Path) -> None:
    path = sheet(tmp_path / "list.csv", [["1", "2", "3"]], ["رقم الجرد", "number", "اللون"])
    with pytest.raises(InventoryRefused) as refused, context.database.transaction() as session:
        import_inventory(session, actor=SYSTEM, path=path)
    codes = {(fault.code, fault.column) for fault in refused.value.faults if fault.row == 0}
    assert codes == {
        ("column_twice", "number"), ("column_unknown", "اللون"), ("column_missing", "الاسم"),
        ("column_missing", "النطاق"), ("column_missing", "الاستعمال"), ("column_missing", "الجهة الحائزة"),
    }  # fmt: skip


def test_the_command_tells_every_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUKHSA_DATA_DIR", str(tmp_path / "var"))
    good, bad = (
        sheet(tmp_path / "list.csv", [*ROWS]),
        sheet(tmp_path / "bad.csv", [["1", "", "عام", "x", "y", "", "", ""]]),
    )
    assert main(["office", "import-assets", str(bad)]) == 2
    assert "السطر" in capsys.readouterr().out
    assert main(["office", "import-assets", str(good)]) == 0
    assert main(["office", "import-assets", str(good)]) == 2


def test_stages_follow_one_another_each_with_its_evidence(context: Context) -> None:
    asset = listed(context)
    with context.database.transaction() as session, pytest.raises(Conflict, match="asset-stage"):
        inventory.put_on_map(
            session, actor=REGISTRAR, asset_id=asset.id, evidence="x", shape=corners(0, 0, 9, 9), grid=GRID
        )
    with context.database.transaction() as session, pytest.raises(Invalid, match="asset-reference-needed"):
        inventory.document(
            session, actor=REGISTRAR, asset_id=asset.id, evidence="x", cadastral_zone="أ", parcel=" ", sheet_no="1"
        )
    with context.database.transaction() as session, pytest.raises(Invalid, match="asset-evidence-needed"):
        inventory.document(
            session, actor=REGISTRAR, asset_id=asset.id, evidence=" ", cadastral_zone="أ", parcel="1", sheet_no="1"
        )
    drawn = mapped(context, "A-2")
    assert float(drawn.area) == pytest.approx(200.07, abs=0.05)  # on the ground: the grid is 180 ppm short
    with context.database.transaction() as session, pytest.raises(Conflict, match="four-eyes"):
        inventory.verify_asset(session, actor=REGISTRAR, asset_id=drawn.id, evidence="كشف")
    with context.database.transaction() as session, pytest.raises(Forbidden):
        inventory.verify_asset(
            session, actor=Actor("c", "c", frozenset({Role.CASHIER})), asset_id=drawn.id, evidence="كشف"
        )
    with context.database.transaction() as session:
        inventory.verify_asset(session, actor=SECOND, asset_id=drawn.id, evidence="كشف")
    with context.database.reading() as session:
        told = [(row.stage, row.actor_id) for row in inventory.evidence_of(session, asset_id=drawn.id)]
        assert told == [("documented", "registrar"), ("mapped", "registrar"), ("verified", "second")]
        assert audit.verify(session).broken is None


def test_the_map_gives_what_meets_the_box(context: Context) -> None:
    for at in range(5):
        mapped(context, f"A-{at}", left=at * 100.0)
    listed(context, "unmapped")
    with context.database.reading() as session:
        everything = assets_in(session, actor=REGISTRAR)
        ring = everything["features"][2]["geometry"]["coordinates"][0]
        west, south = min(x for x, _ in ring), min(y for _, y in ring)
        box = read_box(f"{west},{south},{west + 1e-5},{south + 1e-5}")
        near = assets_in(session, actor=REGISTRAR, box=box)
        some = assets_in(session, actor=REGISTRAR, limit=3)
        verified = assets_in(session, actor=REGISTRAR, stage=Stage.VERIFIED)
    assert [f["properties"]["number"] for f in everything["features"]] == [f"A-{n}" for n in range(5)]
    assert [f["properties"]["number"] for f in near["features"]] == ["A-2"]
    assert (len(some["features"]), some["more"], everything["more"], verified["features"]) == (3, True, False, [])
    assert 36.2 < west < 36.3
    assert 33.4 < south < 33.6


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "3,1,2,4", "0,0,200,10", "nan,0,1,1"])
def test_a_box_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_box(text)


def test_pages_of_the_inventory(context: Context) -> None:
    for at in range(4):
        listed(context, f"N-{at}")
    with context.database.reading() as session:
        rows, count = inventory.list_assets(session, actor=REGISTRAR, offset=1, limit=2)
        assert ([one.number for one in rows], count) == (["N-1", "N-2"], 4)
        assert inventory.list_assets(session, actor=REGISTRAR, text="%")[1] == 0
        assert inventory.list_assets(session, actor=REGISTRAR, text="محل")[1] == 4
        assert inventory.get_asset(session, actor=REGISTRAR, number="N-3").name == "محل تجاري"
        with pytest.raises(NotFound):
            inventory.get_asset(session, actor=REGISTRAR, number="nowhere")
