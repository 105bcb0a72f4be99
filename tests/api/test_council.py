"""Council property through the API: the same acts as at the desk, each for the role and the scope that it needs."""

from typing import Any

import pytest

from permits.assets import inventory
from permits.calendar import today
from permits.money.evaluation import add_months
from permits.people.actor import Role
from permits.people.clients import Scope
from tests.api.conftest import Web
from tests.api.test_programs import Program
from tests.assets.council import GRID, SECOND, corners, listed

BOTH = (Scope.ASSETS_READ, Scope.ASSETS_WRITE)
SEEN = {"evidence": "كشف حسي"}
DOCUMENTED = {"evidence": "بيان قيد 12", "cadastral_zone": "تجريبية", "parcel": "77", "sheet_no": "5"}
MAPPED = {"evidence": "مخطط 3", "shape": [[199000, 173000], [199020, 173000], [199020, 173010]], "grid": GRID}
PATHS = (
    ("/api/v1/assets/A-1/documented", DOCUMENTED), ("/api/v1/assets/A-1/mapped", MAPPED),
    ("/api/v1/assets/A-1/verified", SEEN), ("/api/v1/contracts/none/dues/1/demand", {}),
    ("/api/v1/contracts/none/end", {"on": "2027-01-01", "reason": "طلب"}),
    ("/api/v1/contracts/none/dues/1/correct", {"amount": "700", "reason": "خطأ"}),
)  # fmt: skip


def contract(**changed: Any) -> dict[str, Any]:
    days = {"first_day": today().isoformat(), "end_day": add_months(today(), 12).isoformat()}
    return {"kind": "lease", "party": "شركة النموذج", **days, "every_months": 3, **changed}


@pytest.mark.parametrize(("path", "body"), [*PATHS, ("/api/v1/assets/A-1/contracts", contract())])
def test_nothing_changes_without_the_scope_to_write(web: Web, path: str, body: dict[str, Any]) -> None:
    reader = Program(web, Role.REGISTRAR, *(one for one in Scope if one is not Scope.ASSETS_WRITE))
    answer = reader.post(path, body)
    assert (answer.status_code, answer.json()["title"]) == (403, "scope-needed")


@pytest.mark.slow
def test_a_property_is_documented_drawn_and_let(web: Web) -> None:
    asset = listed(web.context)
    registrar, cashier = Program(web, Role.REGISTRAR, *BOTH), Program(web, Role.CASHIER, *BOTH)
    for path, body in PATHS[:2]:
        refused = cashier.post(path, body)
        assert (refused.status_code, refused.json()["title"]) == (403, "role-needed")
        told = registrar.post(path, body)
        assert told.status_code == 200, told.text
    assert (told.json()["stage"], told.json()["area"][:2]) == ("mapped", "10")
    own = registrar.post(*PATHS[2])
    assert (own.status_code, own.json()["title"]) == (409, "four-eyes")
    with web.context.database.transaction() as session:
        inventory.verify_asset(session, actor=SECOND, asset_id=asset.id, evidence="كشف حسي")
    part = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    outside = registrar.post("/api/v1/assets/A-1/contracts", contract(part=part))
    assert outside.status_code in (409, 422)
    signed = registrar.post("/api/v1/assets/A-1/contracts", contract())
    assert (signed.status_code, len(signed.json()["dues"])) == (201, 5)
    again = registrar.post("/api/v1/assets/A-1/contracts", contract(party="مؤسسة أخرى"))
    assert (again.status_code, again.json()["title"]) == (409, "contract-overlaps")
    assert registrar.get("/api/v1/assets/A-1").json()["contracts"] == [signed.json()]


@pytest.mark.slow
def test_a_due_is_demanded_corrected_and_falls_with_its_contract(web: Web) -> None:
    listed(web.context)
    registrar, cashier = Program(web, Role.REGISTRAR, *BOTH), Program(web, Role.CASHIER, *BOTH)
    signed = registrar.post("/api/v1/assets/A-1/contracts", contract()).json()
    base = f"/api/v1/contracts/{signed['number']}"
    refused = registrar.post(f"{base}/dues/2/demand", {})
    assert (refused.status_code, refused.json()["title"]) == (403, "role-needed")
    bills = [cashier.post(f"{base}/dues/{due}/demand", {}).json()["dues"][due - 1]["bill"] for due in (2, 2, 3)]
    assert bills[0] == bills[1] != bills[2]
    right = cashier.post(f"{base}/dues/2/correct", {"amount": "700.00", "reason": "خطأ في المساحة"}).json()
    assert [right["dues"][1][name] for name in ("state", "amount", "demanded", "left")] == [
        "demanded", "1500.00", "700.00", "700.00",
    ]  # fmt: skip
    on = right["dues"][2]["first_day"]
    ended = registrar.post(f"{base}/end", {"on": on, "reason": "طلب المستأجر"}).json()
    assert [one["state"] for one in ended["dues"]] == ["owed", "demanded", "over", "over", "over"]
    assert ended["ended_on"] == on


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "gift"},
        {"party": ""},
        {"end_day": "لاحقاً"},
        {"every_months": 5},
        {"rent": "100"},
        {"part": corners(0, 0, 1, 1)},
    ],
)
def test_an_agreement_that_cannot_be_is_refused(web: Web, wrong: dict[str, Any]) -> None:
    listed(web.context)
    answer = Program(web, Role.REGISTRAR, *BOTH).post("/api/v1/assets/A-1/contracts", contract(**wrong))
    assert answer.status_code == 422


@pytest.mark.parametrize("amount", ["-1", "1.005", "كثير", "1e30"])
def test_an_amount_that_is_none_is_refused(web: Web, amount: str) -> None:
    program = Program(web, Role.CASHIER, *BOTH)
    answer = program.post("/api/v1/contracts/none/dues/1/correct", {"amount": amount, "reason": "خطأ"})
    assert answer.status_code == 422
