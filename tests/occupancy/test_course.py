"""The course of an occupancy: assessed, paid, licensed once, stopped, renewed, ended; two at once on one place."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
import zxingcpp
from httpx import Client
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from permits import audit
from permits.calendar import today
from permits.documents.checking import check_token
from permits.documents.keys import verifying_keys
from permits.documents.render import render_pages
from permits.documents.revocations import read_list
from permits.documents.revoking import revocation_list
from permits.documents.sheet import fingerprint
from permits.documents.token import verify
from permits.errors import Conflict, Forbidden, Invalid
from permits.jobs import Context
from permits.money import ledger
from permits.occupancy import assessing, licensing, stopping
from permits.occupancy.licence import from_json, licence_page
from permits.occupancy.tables import Occupancy, OccupancyLicence
from permits.occupancy.workflow import STEPS, OccupancyState, allowed
from permits.people.actor import SYSTEM, Actor, Role
from tests.documents.samples import OFFICE as PRINTED
from tests.money.serving import biller_app, serving
from tests.occupancy.street import (
    ACCEPTED,
    APPROVER,
    ENGINEER,
    OFFICE,
    REVIEWER,
    applied,
    assess,
    assessed,
    bill_of,
    days_from_now,
    licensed,
    open_street,
    pay,
    spot,
    wish,
)


@pytest.fixture(autouse=True)
def _street(context: Context) -> None:
    open_street(context)


def _licence(context: Context, occupancy: Occupancy) -> OccupancyLicence:
    with context.database.reading() as session:
        found = licensing.licence_of(session, occupancy_id=occupancy.id)
    assert found is not None
    return found


def test_the_fee_is_area_by_days_by_rate_and_says_where_each_comes_from(context: Context) -> None:
    found = assessed(context, wish(spot(65, 0.5)))
    assert found.state == "assessed"
    assert found.piastres == 9_250  # 10 of registration; 2.50 m2 x 10 days x 3 = 75, and a tenth of it for cleaning
    assert '"reference":"polygon of DM-01' in (found.fee or "")
    assert found.accepted == ACCEPTED


def test_the_fee_is_demanded_of_the_holder_and_paid_anywhere(context: Context) -> None:
    found = assessed(context, wish(spot(65, 0.5)))
    bill = bill_of(context, found)
    assert (bill.piastres, bill.payer, bill.state) == (found.piastres, "مقهى النموذج", "issued")
    assert bill.reference[2:5] == "201"
    assert pay(context, found).code == "accepted"
    with context.database.reading() as session:
        assert session.get_one(Occupancy, found.id).state == "paid"
        assert (ledger.balance(session, ledger.RECEIVABLE), ledger.unbalanced(session)) == (0, [])


@pytest.mark.parametrize("end", ["refused", "expired"])
def test_what_ends_unpaid_is_owed_no_more_and_paid_late_is_kept(context: Context, end: str) -> None:
    found = assessed(context, wish(spot(65, 0.5)))
    with context.database.transaction() as session:
        if end == "refused":
            assessing.refuse(session, actor=REVIEWER, occupancy_id=found.id, reason="ضيق")
        else:
            stopping.expire(session, actor=SYSTEM, on=found.days[1] + timedelta(days=1))
    with context.database.reading() as session:
        assert ledger.balance(session, ledger.RECEIVABLE) == 0
    assert pay(context, found).state == "suspense"
    with context.database.reading() as session:
        assert session.get_one(Occupancy, found.id).state == end
        assert ledger.balance(session, ledger.SUSPENSE) == -(found.piastres or 0)


def test_what_is_undecided_needs_a_reason_and_what_is_unmet_has_none(context: Context) -> None:
    narrow, sound = applied(context, wish(spot(65, 1.5))), applied(context, wish(spot(75, 0.5)))
    for found, accepted, code in ((narrow, ACCEPTED, "occupancy-unmet"), (sound, {}, "occupancy-undecided")):
        with context.database.transaction() as session, pytest.raises(Conflict, match=code):
            assess(session, context, found.id, accepted=accepted)
    with context.database.transaction() as session, pytest.raises(Invalid):
        assessing.refuse(session, actor=REVIEWER, occupancy_id=narrow.id, reason=" ")
    with context.database.transaction() as session:
        assert assessing.refuse(session, actor=REVIEWER, occupancy_id=narrow.id, reason="ضيق").state == "refused"


def test_a_fee_of_nought_goes_straight_on(context: Context) -> None:
    found = applied(context, wish(spot(65, 0.5)))
    exempt = {"EX.PUBLIC_WORKS": "letter 7 of the water company"}
    with context.database.transaction() as session:
        done = assess(session, context, found.id, exempt=exempt)
        assert (done.piastres, done.state) == (0, "paid")


def test_a_paid_occupancy_gets_a_licence_that_verifies(context: Context) -> None:
    found = licensed(context, wish(spot(65, 0.5), start=0))
    licence = _licence(context, found)
    assert (found.state, licence.number[-8:]) == ("licensed", "O-000001")
    verdict = verify(licence.token, verifying_keys(context.settings), today=today())
    claims: Any = verdict.claims
    assert verdict.valid
    assert (claims.kind, claims.use, str(claims.area), claims.starts) == ("occupancy", "tables", "2.50", today())
    assert claims.place.endswith("103")
    facts = from_json(licence.facts)
    assert fingerprint(facts) == licence.fingerprint
    assert (facts.paid, facts.clear_width, "fictitious" in facts.statuses) == (found.piastres, "1.50", True)
    pdf = context.storage.read(licence.document_sha256 or "")
    assert b"".join(PdfReader(BytesIO(pdf)).attachments["licence.json"])


def test_the_printed_code_is_the_token(context: Context) -> None:
    licence = _licence(context, licensed(context, wish(spot(65, 0.5))))
    address = f"https://permits.governorate.example/verify/{licence.token}"
    plan = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'
    data = licence_page(from_json(licence.facts), plan, language="ar", office=PRINTED, address=address)
    (image,) = render_pages("licence", data, fonts=None, ppi=150)
    assert zxingcpp.read_barcodes(Image.open(BytesIO(image)))[0].text == address


def test_the_public_page_and_its_json_know_a_licence(context: Context) -> None:
    found = licensed(context, wish(spot(65, 0.5), start=0))
    licence = _licence(context, found)
    with serving(biller_app(context)) as address, Client(base_url=address, trust_env=False) as client:
        told = client.get(f"/verify/{licence.token}").json()
        assert (told["valid"], told["claims"]["kind"], told["claims"]["area"]) == (True, "occupancy", "2.50")
        with context.database.transaction() as session:
            stopping.stop(session, actor=APPROVER, occupancy_id=found.id, reason="public_need", note="حفريات")
        assert client.get(f"/verify/{licence.token}").json()["revoked"]["reason"] == "public_need"
        shown = client.get(f"/verify/{licence.token}", headers={"Accept": "text/html"}).text
        assert "مقتضيات المصلحة العامة" in shown
        assert "<svg" in shown
        keys = verifying_keys(context.settings)
        assert licence.number in read_list(client.get("/verify/revocations.cwt").text, keys).revoked


def test_settled_and_licensed_again_change_nothing(context: Context) -> None:
    found = licensed(context, wish(spot(65, 0.5)))
    before = _licence(context, found)
    with context.database.transaction() as session:
        licensing.settled(session, occupancy_id=found.id, actor=SYSTEM)
    licensing.license_occupancy(context, occupancy_id=found.id)
    after = _licence(context, found)
    assert (before.number, before.document_sha256) == (after.number, after.document_sha256)


def test_a_job_killed_before_the_document_keeps_its_number(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    found = assessed(context, wish(spot(65, 0.5)))
    with context.database.transaction() as session:
        licensing.settled(session, occupancy_id=found.id, actor=SYSTEM)

    def killed(*_: Any, **__: Any) -> bytes:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("permits.occupancy.licensing.licence_pdf", killed)
        with pytest.raises(SystemExit):
            licensing.license_occupancy(context, occupancy_id=found.id)
    with context.database.reading() as session:
        drafted = session.scalars(select(OccupancyLicence)).one()
        assert licensing.licence_of(session, occupancy_id=found.id) is None
    licensing.license_occupancy(context, occupancy_id=found.id)
    assert (_licence(context, found).number, _licence(context, found).token) == (drafted.number, drafted.token)


def test_an_unpaid_one_gets_none(context: Context) -> None:
    found = assessed(context, wish(spot(65, 0.5)))
    licensing.license_occupancy(context, occupancy_id=found.id)
    with context.database.reading() as session:
        assert session.scalars(select(OccupancyLicence)).all() == []
    refused = applied(context, wish(spot(75, 0.5)))
    with context.database.transaction() as session, pytest.raises(Conflict, match="occupancy-wrong-state"):
        licensing.settled(session, occupancy_id=refused.id, actor=SYSTEM)


def test_a_stopped_licence_is_on_the_list(context: Context) -> None:
    found = licensed(context, wish(spot(65, 0.5), start=0))
    licence = _licence(context, found)
    keys = verifying_keys(context.settings)
    with context.database.transaction() as session, pytest.raises(Forbidden):
        stopping.stop(session, actor=REVIEWER, occupancy_id=found.id, reason="public_need", note="حفريات")
    with context.database.transaction() as session, pytest.raises(Invalid):
        stopping.stop(session, actor=APPROVER, occupancy_id=found.id, reason="whim", note="حفريات")
    with context.database.transaction() as session:
        stopping.stop(session, actor=APPROVER, occupancy_id=found.id, reason="public_need", note="حفريات")
    with context.database.reading() as session:
        checked = check_token(session, keys=keys, text=licence.token, today=today())
        listed = read_list(revocation_list(session, settings=context.settings), keys)
        assert audit.verify(session).broken is None
    assert (checked.code, checked.revocation and checked.revocation.reason) == ("revoked", "public_need")
    assert set(listed.revoked) == {licence.number}
    assert assessed(context, wish(spot(65, 0.5), start=0)).state == "assessed"  # the place is free again


def test_a_renewal_carries_the_old_one_on(context: Context) -> None:
    old = licensed(context, wish(spot(65, 0.5), start=0, days=5))
    with context.database.transaction() as session:
        new = stopping.renew(
            session, actor=ENGINEER, storage=context.storage, office=OFFICE, occupancy_id=old.id,
            last_day=days_from_now(9),
        )  # fmt: skip
    assert (new.days[0], new.area, new.polygon.equals(old.polygon)) == (days_from_now(5), old.area, True)
    with context.database.transaction() as session, pytest.raises(Conflict, match="occupancy-renewal-asked"):
        stopping.renew(
            session, actor=ENGINEER, storage=context.storage, office=OFFICE, occupancy_id=old.id,
            last_day=days_from_now(9),
        )  # fmt: skip
    with context.database.transaction() as session:
        assess(session, context, new.id)
    assert pay(context, new).code == "accepted"
    licensing.license_occupancy(context, occupancy_id=new.id)
    with context.database.reading() as session:
        assert session.get_one(Occupancy, old.id).state == "renewed"
    assert from_json(_licence(context, new).facts).renews == _licence(context, old).number
    assert verify(_licence(context, old).token, verifying_keys(context.settings), today=today()).valid


def test_what_is_over_ends(context: Context) -> None:
    kept = licensed(context, wish(spot(65, 0.5), start=0, days=1))
    unpaid = assessed(context, wish(spot(75, 0.5), start=0, days=30))
    with context.database.transaction() as session:
        assert stopping.expire(session, actor=SYSTEM) == []
    with context.database.transaction() as session:
        ended = stopping.expire(session, actor=SYSTEM, on=today() + timedelta(days=1))
        assert [(one.id, one.state) for one in ended] == [(kept.id, "expired")]
    with context.database.transaction() as session:
        ended = stopping.expire(session, actor=SYSTEM, on=today() + timedelta(days=30))
        assert [one.id for one in ended] == [unpaid.id]


def test_of_two_assessed_at_once_on_one_place_one_is_left(context: Context) -> None:
    both = [applied(context, wish(spot(65 + shift, 0.5))) for shift in (0, 2)]
    gate = Barrier(2)

    def try_it(occupancy_id: str) -> str:
        gate.wait(10)
        try:
            with context.database.transaction() as session:
                assess(session, context, occupancy_id)
        except Conflict as error:
            return error.code
        return "assessed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_it, [one.id for one in both])) == ["assessed", "occupancy-unmet"]


def test_the_same_place_on_other_days_is_free(context: Context) -> None:
    assessed(context, wish(spot(65, 0.5), start=1, days=5))
    assert assessed(context, wish(spot(65, 0.5), start=6, days=5)).state == "assessed"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: str(step.action))
def test_only_the_roles_of_the_table_are_offered_an_action(context: Context, step: Any) -> None:
    for state in OccupancyState:
        for role in Role:
            actor = Actor("x", "x", frozenset({role}))
            offered = step.action in allowed(Occupancy(state=str(state)), actor)
            assert offered == (state in step.sources and role in step.roles)


def test_every_state_can_be_reached_and_left_or_is_an_end() -> None:
    reached, more = {OccupancyState.APPLIED}, True
    while more:
        found = {step.target for step in STEPS if reached & set(step.sources)} - reached
        reached, more = reached | found, bool(found)
    assert reached == set(OccupancyState)
    ends = set(OccupancyState) - {source for step in STEPS for source in step.sources}
    assert ends == {OccupancyState.STOPPED, OccupancyState.REFUSED}
