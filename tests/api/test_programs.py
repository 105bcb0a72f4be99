"""Programs of other bodies: each scope opens its own door alone, and persons are shown by the program's role."""

from typing import Any

import pytest

from permits import audit
from permits.cases.tables import Case
from permits.db import new_id
from permits.extracts.preparing import prepare_extract
from permits.people.actor import SYSTEM, Role
from permits.people.clients import Scope, create_client
from permits.privacy.accesses import LIST, looks_at
from permits.privacy.sight import Subject
from tests.api.conftest import Web
from tests.assets.council import listed
from tests.money.books import Town, make_bill, open_books
from tests.money.test_payments import notice_of, tell
from tests.occupancy.street import applied, open_street, spot, wish

DOORS = {
    "/api/v1/bills/0110100000000000": Scope.BILLS_READ, "/api/v1/cases/none/bills": Scope.BILLS_READ,
    "/api/v1/sheets?zone=Z&plot=7": Scope.SHEETS_READ, "/api/v1/cases/none/conditions": Scope.CASES_READ,
    "/api/v1/sheets/none": Scope.SHEETS_READ, "/api/v1/parties/none": Scope.SHEETS_READ,
    "/api/v1/parties?words=x": Scope.SHEETS_READ,
    "/api/v1/occupancies": Scope.OCCUPANCIES_READ, "/api/v1/occupancies/none": Scope.OCCUPANCIES_READ,
    "/api/v1/assets": Scope.ASSETS_READ, "/api/v1/assets/none": Scope.ASSETS_READ,
    "/api/v1/receipts/none": Scope.RECEIPTS_READ,
    "/api/v1/receipts/none.pdf": Scope.RECEIPTS_READ, "/api/v1/extracts/none": Scope.EXTRACTS_ORDER,
    "/api/v1/extracts/none/extract.pdf": Scope.EXTRACTS_ORDER,
}  # fmt: skip

"""Each path with the scope that opens it to a registrar's program; days of reconciliation are an accountant's."""


class Program:
    """A program with a role and scopes at the API."""

    def __init__(self, web: Web, role: Role, *scopes: Scope) -> None:
        self.web, self.id = web, f"{role}-{new_id()}"
        with web.context.database.transaction() as session:
            secret = create_client(session, actor=SYSTEM, client_id=self.id, name=role, role=role, scopes=scopes)
        form = {"grant_type": "client_credentials", "client_id": self.id, "client_secret": secret}
        self.bearer = web.client.post("/oauth/token", data=form).json()["access_token"]

    def get(self, path: str) -> Any:
        return self.web.client.get(path, headers={"authorization": f"Bearer {self.bearer}"})

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.web.client.post(path, json=body, headers={"authorization": f"Bearer {self.bearer}"})


@pytest.mark.parametrize(("path", "scope"), DOORS.items())
def test_a_door_opens_to_its_scope_alone(web: Web, path: str, scope: Scope) -> None:
    assert web.client.get(path).status_code == 401
    without = Program(web, Role.REGISTRAR, *(one for one in Scope if one is not scope)).get(path)
    assert (without.status_code, without.json()["title"]) == (403, "scope-needed")
    assert Program(web, Role.REGISTRAR, scope).get(path).status_code in (200, 404, 422)


@pytest.fixture
def town(web: Web) -> Town:
    return open_books(web.context)


@pytest.mark.slow
def test_a_bill_tells_what_is_owed_for_whom_and_what_was_paid(web: Web, town: Town) -> None:
    bill = make_bill(web.context, town)
    assert tell(web.context, notice_of(bill)).code == "accepted"
    syndicate = Program(web, Role.SYNDICATE, Scope.BILLS_READ)
    told = syndicate.get(f"/api/v1/bills/{bill.reference}").json()
    assert (told["state"], told["left"], told["subject"]) == ("paid", "0.00", {"kind": "case", "id": bill.case_id})
    assert sum(round(100 * float(part["amount"])) for part in told["parts"]) == bill.piastres
    assert [receipt["amount"] for receipt in told["receipts"]] == [told["total"]]
    assert "•••" in told["payer"]
    assert (
        Program(web, Role.CASHIER, Scope.BILLS_READ).get(f"/api/v1/bills/{bill.reference}").json()["payer"]
        == bill.payer
    )
    assert syndicate.get(f"/api/v1/cases/{bill.case_id}/bills").json() == {"bills": [told]}


@pytest.mark.slow
def test_a_bill_of_a_case_that_may_not_be_seen_is_not_there(web: Web, town: Town) -> None:
    bill = make_bill(web.context, town)
    with web.context.database.transaction() as session:
        session.get_one(Case, bill.case_id).state = "draft"
    answer = Program(web, Role.SYNDICATE, Scope.BILLS_READ).get(f"/api/v1/bills/{bill.reference}")
    assert (answer.status_code, answer.json()["title"]) == (404, "case-unknown")


@pytest.mark.slow
def test_a_sheet_shows_owners_by_role_and_keeps_the_look(web: Web, town: Town) -> None:
    path = f"/api/v1/sheets?zone={town.zone}&plot={town.plot}"
    whole = Program(web, Role.REGISTRAR, Scope.SHEETS_READ).get(path).json()
    masked = Program(web, Role.CASHIER, Scope.SHEETS_READ).get(path).json()
    assert sum(int(owner["of_2400"]) for owner in whole["owners"]) == 2400
    assert [owner["share"] for owner in masked["owners"]] == [owner["share"] for owner in whole["owners"]]
    assert all("•••" in owner["name"] for owner in masked["owners"])
    assert Program(web, Role.SYNDICATE, Scope.SHEETS_READ).get(path).status_code == 403


@pytest.mark.slow
def test_conditions_say_how_each_stands(web: Web, town: Town) -> None:
    case_id = make_bill(web.context, town).case_id
    told = Program(web, Role.REVIEWER, Scope.CASES_READ).get(f"/api/v1/cases/{case_id}/conditions").json()
    assert {one["outcome"] for one in told["conditions"]} <= {"met", "unmet", "undecided"}
    assert {one["code"] for one in told["conditions"]} >= {"applicant", "signals"}


@pytest.mark.slow
def test_occupancies_tell_place_days_and_holder_by_role(web: Web) -> None:
    open_street(web.context)
    found = applied(web.context, wish(spot(65, 0.5)))
    program = Program(web, Role.REGISTRAR, Scope.OCCUPANCIES_READ)
    assert program.get("/api/v1/occupancies").json() == {"occupancies": []}
    (told,) = program.get("/api/v1/occupancies?state=applied").json()["occupancies"]
    assert (told["number"], told["holder"]) == (found.number, "م••• ا•••")
    one = program.get(f"/api/v1/occupancies/{found.id}").json()
    assert (one["geometry"]["type"], one["licence"]) == ("Polygon", None)
    reviewer = Program(web, Role.REVIEWER, Scope.OCCUPANCIES_READ)
    assert reviewer.get("/api/v1/occupancies?state=applied").json()["occupancies"][0]["holder"] == "مقهى النموذج"
    with web.context.database.reading() as session:
        (looked,) = looks_at(session, actor=SYSTEM, subject=Subject.OCCUPANCY, subject_id=LIST)
    assert looked.name_ar == reviewer.id


def test_the_inventory_comes_in_pages(web: Web) -> None:
    for at in range(3):
        listed(web.context, f"L-{at}")
    program = Program(web, Role.GOVERNOR, Scope.ASSETS_READ)
    told = program.get("/api/v1/assets?offset=1&limit=1").json()
    assert (told["total"], [one["number"] for one in told["assets"]], told["stages"]["listed"]) == (3, ["L-1"], 3)


def test_a_token_for_a_scope_that_was_not_given_is_refused(web: Web) -> None:
    with web.context.database.transaction() as session:
        secret = create_client(
            session, actor=SYSTEM, client_id="p", name="p", role=Role.CASHIER, scopes=[Scope.BILLS_READ]
        )
    form = {"grant_type": "client_credentials", "client_id": "p", "client_secret": secret, "scope": "sheets:read"}
    assert web.client.post("/oauth/token", data=form).status_code == 401
    with web.context.database.reading() as session:
        assert [row.event for row in audit.timeline(session, "client:p")] == ["token-refused"]


@pytest.mark.slow
def test_a_receipt_is_told_by_its_number(web: Web, town: Town) -> None:
    bill = make_bill(web.context, town)
    number = tell(web.context, notice_of(bill)).receipt
    syndicate = Program(web, Role.SYNDICATE, Scope.RECEIPTS_READ)
    told = syndicate.get(f"/api/v1/receipts/{number}").json()
    assert (told["number"], told["reference"], told["kind"]) == (number, bill.reference, "case")
    assert sum(round(100 * float(line["amount"])) for line in told["lines"]) == bill.piastres
    assert "•••" in told["applicant"]
    assert syndicate.get(f"/api/v1/receipts/{number}.pdf").content.startswith(b"%PDF-")


LETTER = {
    "purpose": "court", "applicant": "محكمة البداية المدنية", "reason": "دعوى ملكية", "document": "كتاب 9/2026",
}  # fmt: skip


@pytest.mark.slow
def test_a_court_orders_by_letter_once_and_reads_its_own_paper(web: Web, town: Town) -> None:
    letter = {"zone": town.zone, "plot": town.plot, **LETTER}
    court = Program(web, Role.REGISTRAR, Scope.EXTRACTS_ORDER)
    placed = court.post("/api/v1/extracts", letter)
    assert (placed.status_code, placed.json()["state"], placed.json()["bill"]) == (201, "paid", None)
    order_id = placed.json()["id"]
    assert court.post("/api/v1/extracts", letter).json()["id"] == order_id
    assert court.get(f"/api/v1/extracts/{order_id}/extract.pdf").json()["title"] == "extract-not-ready"
    prepare_extract(web.context, order_id=order_id)
    told = court.get(f"/api/v1/extracts/{order_id}").json()
    assert (told["state"], told["ready"], told["document"]) == ("available", True, LETTER["document"])
    assert court.get(f"/api/v1/extracts/{order_id}/extract.pdf").content.startswith(b"%PDF-")
    other = Program(web, Role.REGISTRAR, Scope.EXTRACTS_ORDER, Scope.BILLS_READ)
    for path in ("", "/extract.pdf"):
        answer = other.get(f"/api/v1/extracts/{order_id}{path}")
        assert (answer.status_code, answer.json()["title"]) == (404, "extract-order-unknown")


@pytest.mark.slow
def test_a_program_orders_for_no_other_purpose_and_without_no_letter(web: Web, town: Town) -> None:
    court = Program(web, Role.REGISTRAR, Scope.EXTRACTS_ORDER)
    letter = {"zone": town.zone, "plot": town.plot, **LETTER}
    assert court.post("/api/v1/extracts", {**letter, "purpose": "information"}).status_code == 403
    assert court.post("/api/v1/extracts", {**letter, "document": " "}).json()["title"] == "extract-letter-needed"
    assert court.post("/api/v1/extracts", {**letter, "copies": "9"}).status_code == 422
    outside = Program(web, Role.SYNDICATE, Scope.EXTRACTS_ORDER)
    assert outside.post("/api/v1/extracts", letter).json()["title"] == "role-needed"
    assert Program(web, Role.REGISTRAR, Scope.SHEETS_READ).post("/api/v1/extracts", letter).status_code == 403


@pytest.mark.slow
def test_days_tell_their_sums_and_breaks_to_a_finance_program(web: Web, town: Town) -> None:
    bill = make_bill(web.context, town)
    tell(web.context, notice_of(bill))
    assert web.client.get("/api/v1/days").status_code == 401
    assert Program(web, Role.ACCOUNTANT, Scope.BILLS_READ).get("/api/v1/days").json()["title"] == "scope-needed"
    assert Program(web, Role.CASHIER, Scope.ACCOUNTS_READ).get("/api/v1/days").json()["title"] == "role-needed"
    program = Program(web, Role.ACCOUNTANT, Scope.ACCOUNTS_READ)
    (told,) = program.get("/api/v1/days").json()["days"]
    assert (told["state"], told["theirs"], told["unexplained"]) == ("awaiting_file", "0.00", 0)
    assert round(100 * float(told["ours"])) == bill.piastres
    one = program.get(f"/api/v1/days/{told['party']}/{told['day']}").json()
    assert {**told, "breaks": [], "closed_sha256": None} == one
    assert program.get(f"/api/v1/days/{told['party']}/yesterday").json()["title"] == "day-unreadable"
