"""The course of an order: asked for with a right, paid, prepared by itself, and handed over in each way."""

import base64
import json
import subprocess
import sys
from contextlib import suppress
from datetime import date, datetime, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError

from permits.calendar import today
from permits.cases.workflow import State
from permits.db import utcnow
from permits.documents.checking import check_token
from permits.documents.keys import public_keys, verifying_keys
from permits.documents.sheet import fingerprint
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.extracts import handing, ordering, preparing
from permits.extracts.paper import from_json
from permits.extracts.tables import ExtractEvent, ExtractOrder, ExtractPaper
from permits.extracts.tracking import track, tracking_code
from permits.extracts.workflow import STEPS, OrderAction, OrderState, allowed, events_of
from permits.jobs import Context, unfinished
from permits.money.tables import Bill
from permits.people.actor import SYSTEM
from permits.register.accounts import end_link, link_account, links_of
from permits.register.acts import Act
from permits.register.dealings import transfer
from permits.register.parties import Identity, IdentityKind
from tests.extracts.counter import (
    BUYER,
    NUMBERS,
    OWNER,
    Counter,
    bill_of,
    now,
    open_counter,
    ordered,
    pay,
    prepared,
)
from tests.factories import make_case
from tests.register.offices import deed


@pytest.fixture
def counter(context: Context) -> Counter:
    return open_counter(context)


def _paper(context: Context, order: ExtractOrder) -> ExtractPaper:
    with context.database.reading() as session:
        return preparing.paper_of(session, order_id=order.id)


def _states(context: Context, order: ExtractOrder) -> list[str]:
    with context.database.reading() as session:
        return [event.target for event in events_of(session, order_id=order.id)]


def test_an_owner_orders_pays_and_downloads(context: Context, counter: Counter) -> None:
    order = ordered(context, counter.owner)
    assert (order.state, order.ground, order.piastres) == ("awaiting", "owner", 5_00)
    bill = bill_of(context, order)
    assert (bill.reference[2:5], bill.payer, bill.piastres) == ("401", OWNER, 5_00)
    assert pay(context, order).code == "accepted"
    assert now(context, order).state == "paid"
    assert f"extract.prepare:{order.id}" in [job["id"] for job in unfinished(context.database)]
    preparing.prepare_extract(context, order_id=order.id)
    done = now(context, order)
    assert done.state == "available"
    assert _states(context, order) == ["ordered", "awaiting", "paid", "prepared", "available"]
    said = PdfReader(BytesIO(context.storage.read(done.document_sha256 or ""))).pages[0].extract_text()
    assert order.number in said


def test_the_fee_counts_copies_and_postage_and_a_court_pays_nothing(context: Context, counter: Counter) -> None:
    by_post = ordered(context, counter.owner, channel="post", address="حمص، شارع الدبلان", copies=3)
    assert by_post.piastres == 10_00
    court = ordered(context, counter.registrar, purpose="court", reason="دعوى إزالة شيوع", document="كتاب 12")
    assert (court.piastres, court.state, court.ground) == (0, "paid", "letter")
    assert bill_of(context, court).state == "paid"


def test_the_paper_says_what_the_register_said_and_no_more(context: Context, counter: Counter) -> None:
    facts = from_json(_paper(context, prepared(context, counter.owner)).facts)
    assert [(o.name, o.share, o.identity) for o in facts.content.owners] == [
        (OWNER, Fraction(6, 7), "••••••••051"), (BUYER, Fraction(1, 7), "••••••••062"),
    ]  # fmt: skip
    assert [line.kind for line in facts.content.annotations] == ["mortgage", "attachment"]
    assert [(line.act, line.document) for line in facts.content.journal][1] == ("sale", "55")
    assert [(h.name, h.before, h.after) for h in facts.content.history if h.act == "sale"] == [
        (OWNER, Fraction(1), Fraction(6, 7)), (BUYER, Fraction(0), Fraction(1, 7)),
    ]  # fmt: skip
    public = from_json(_paper(context, prepared(context, counter.stranger, purpose="information")).facts)
    said = str(public.content)
    assert not any(word in said for word in (OWNER, BUYER, *NUMBERS.values(), "M-9", "تنفيذ", "Fraction"))


def test_an_extract_of_an_earlier_day_and_of_an_earlier_knowledge(context: Context, counter: Counter) -> None:
    early = from_json(_paper(context, prepared(context, counter.owner, as_of=date(2021, 6, 1))).facts)
    assert [(o.name, o.share) for o in early.content.owners] == [(OWNER, Fraction(1))]
    assert early.content.annotations == ()
    with pytest.raises(NotFound):
        ordered(context, counter.owner, as_of=date(2019, 1, 1))
    with pytest.raises(NotFound):  # nothing was known yet: the acts were entered today
        ordered(context, counter.owner, known_on=today() - timedelta(days=1))


def test_the_same_facts_are_read_again_whatever_was_entered_since(context: Context, counter: Counter) -> None:
    order = prepared(context, counter.owner)
    facts = from_json(_paper(context, order).facts)
    with context.database.transaction() as session:
        sold = {"taken": {counter.parties[BUYER]: Fraction(1, 7)}, "given": {counter.parties[OWNER]: Fraction(1, 7)}}
        sheet = counter.sheet.id
        transfer(session, deed=deed("99"), act=Act.JUDGMENT, sheet_id=sheet, **sold)
    with context.database.reading() as session:
        asked = session.get_one(ExtractOrder, order.id)
        asked.as_of, asked.known_at = facts.as_of.isoformat(), datetime.fromisoformat(facts.known)
        again = preparing.paper_facts(session, order=asked, number=facts.number)
        session.rollback()
    assert fingerprint(again) == fingerprint(facts)


@pytest.mark.slow
def test_the_same_bytes_in_another_process_on_another_day(
    context: Context, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = prepared(context, counter.owner)
    kept = context.storage.read(order.document_sha256 or "")
    paper = _paper(context, order)
    monkeypatch.setattr("permits.calendar.utcnow", lambda: utcnow() + timedelta(days=400))
    assert preparing.document_of(context.settings, paper) == kept
    script = (
        "import json, sys, hashlib; from permits.extracts.paper import from_json, paper_pdf; "
        "from permits.documents.issue import address_of, office_of; from permits.documents.render import font_folder; "
        "from permits.settings import Settings; s = Settings(); d = json.load(sys.stdin); "
        "pdf = paper_pdf(from_json(d['facts']), office=office_of(s), address=address_of(s, d['token']), "
        "fonts=font_folder()); print(hashlib.sha256(pdf).hexdigest())"
    )
    content = json.dumps({"facts": paper.facts, "token": paper.token})
    out = subprocess.run(
        [sys.executable, "-c", script], input=content, capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2], env={"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "PATH": ""},
    )  # fmt: skip
    assert out.stdout.strip() == order.document_sha256


@pytest.mark.slow
def test_its_token_verifies_offline_and_online_and_an_altered_one_does_not(
    context: Context, counter: Counter, tmp_path: Path
) -> None:
    token = _paper(context, prepared(context, counter.owner)).token
    keys = tmp_path / "keys.json"
    keys.write_text(public_keys(context.settings))
    assert _offline(token, keys, 0).find("100") >= 0
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    broken = base64.urlsafe_b64encode(raw[:-1] + bytes([raw[-1] ^ 1])).rstrip(b"=").decode()
    assert "signature is wrong" in _offline(broken, keys, 1)
    known = verifying_keys(context.settings)
    with context.database.reading() as session:
        verdict = check_token(session, keys=known, text=token, today=today())
        assert (verdict.code, verdict.claims.kind) == ("valid", "extract")
        late = check_token(session, keys=known, text=token, today=today() + timedelta(days=90))
        assert late.code == "expired"
        assert check_token(session, keys=known, text=broken, today=today()).code == "bad_signature"
        for at in range(0, len(raw), 7):  # wherever a byte is another, it is no document of ours
            other = base64.urlsafe_b64encode(raw[:at] + bytes([raw[at] ^ 4]) + raw[at + 1 :]).decode()
            with suppress(Invalid):
                assert not check_token(session, keys=known, text=other.rstrip("="), today=today()).genuine, at


def _offline(token: str, keys: Path, code: int) -> str:
    command = [sys.executable, "-m", "api.cli", "verify", token, "--keys", str(keys), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == code
    return done.stdout


def test_a_stranger_gets_the_public_extract_alone(context: Context, counter: Counter) -> None:
    for purpose in ("owner", "sale", "bank", "court", "heir", "permit"):
        with pytest.raises(Forbidden):
            ordered(context, counter.stranger, purpose=purpose)
    identity = Identity(IdentityKind.NATIONAL_NUMBER, NUMBERS[OWNER])
    with pytest.raises(Forbidden):  # a letter is entered by staff; a number typed by a stranger proves nothing
        ordered(context, counter.stranger, identity=identity, reason="كتاب", document="1")
    assert ordered(context, counter.stranger, purpose="information").ground == "anyone"


def test_an_engineer_needs_a_case_that_was_handed_in(context: Context, counter: Counter) -> None:
    with context.database.transaction() as session:
        make_case(session, counter.stranger, State.DRAFT)
    with pytest.raises(Forbidden):
        ordered(context, counter.stranger, purpose="permit")
    with context.database.transaction() as session:
        make_case(session, counter.stranger, State.IN_REVIEW)
    assert ordered(context, counter.stranger, purpose="permit").ground == "engineer"


def test_an_agent_acts_until_his_day_and_a_link_is_taken_back(context: Context, counter: Counter) -> None:
    about = {"user_id": counter.stranger.id, "party_id": counter.parties[BUYER], "identity": "هوية 7"}
    with context.database.transaction() as session:
        with pytest.raises(Invalid):
            link_account(session, actor=counter.registrar, power_of_attorney="وكالة 3", **about)
        past = today() - timedelta(days=1)
        link_account(session, actor=counter.registrar, power_of_attorney="وكالة 3", expires=past, **about)
    with pytest.raises(Forbidden):
        ordered(context, counter.stranger)
    with context.database.transaction() as session:
        link_account(session, actor=counter.registrar, power_of_attorney="وكالة 4", expires=today(), **about)
    assert ordered(context, counter.stranger).party_id == counter.parties[BUYER]
    with context.database.transaction() as session:
        (link,) = links_of(session, user_id=counter.stranger.id)
        end_link(session, actor=counter.registrar, link_id=link.id)
    with pytest.raises(Forbidden):
        ordered(context, counter.stranger)


def test_staff_orders_for_an_owner_whose_identity_was_seen(context: Context, counter: Counter) -> None:
    seen = Identity(IdentityKind.NATIONAL_NUMBER, "٠١٠٢٠٣٠٤٠٦٢")
    assert ordered(context, counter.registrar, identity=seen).party_id == counter.parties[BUYER]
    unknown = Identity(IdentityKind.NATIONAL_NUMBER, "99999999999")
    with pytest.raises(Forbidden):
        ordered(context, counter.registrar, identity=unknown)
    with pytest.raises(Invalid):
        ordered(context, counter.registrar, purpose="court")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"copies": 0}, "extract-copies"), ({"copies": 11}, "extract-copies"), ({"applicant": " "}, "name-needed"),
        ({"channel": "pigeon"}, "extract-channel-unknown"), ({"channel": "post"}, "extract-address-needed"),
        ({"channel": "centre", "centre": "no"}, "cash-centre-unknown"), ({"purpose": "x"}, "extract-purpose-unknown"),
        ({"plot": "8"}, "sheet-unknown"), ({"reason": "x" * 501}, "extract-text-long"),
        ({"as_of": date(2999, 1, 1)}, "extract-day-to-come"), ({"language": "fr"}, "extract-channel-unknown"),
    ],
)  # fmt: skip
def test_what_cannot_be_ordered(context: Context, counter: Counter, changes: dict[str, object], code: str) -> None:
    with pytest.raises((Invalid, NotFound)) as caught:
        ordered(context, counter.owner, **changes)
    assert caught.value.code == code


def test_by_post_with_a_tracking_number_back_and_again(context: Context, counter: Counter) -> None:
    order = prepared(context, counter.owner, channel="post", address="حمص")
    with context.database.transaction() as session:
        with pytest.raises(Invalid):
            handing.hand_to_post(session, actor=counter.registrar, order_id=order.id, tracking=" ")
        handing.hand_to_post(session, actor=counter.registrar, order_id=order.id, tracking="SY-1")
        handing.give_back(session, actor=SYSTEM, order_id=order.id, reason="لم يُعثر على العنوان")
        with pytest.raises(Conflict):
            handing.destroy(session, actor=counter.registrar, order_id=order.id)
        handing.hand_to_post(session, actor=counter.registrar, order_id=order.id, tracking="SY-2")
        handing.deliver(session, actor=SYSTEM, order_id=order.id, proof="P-9")
    assert (now(context, order).state, now(context, order).tracking) == ("delivered", "SY-2")
    assert _states(context, order)[-5:] == ["prepared", "posted", "returned", "posted", "delivered"]


def test_at_a_centre_collected_with_an_identity_or_destroyed(
    context: Context, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (prepared(context, counter.owner, channel="centre", centre="MZ") for _ in range(2))
    with context.database.transaction() as session:
        for order in (first, second):
            handing.bring(session, actor=counter.registrar, order_id=order.id)
        with pytest.raises(Invalid):
            handing.collect(session, actor=counter.registrar, order_id=first.id, name=OWNER, identity="")
        handing.collect(session, actor=counter.registrar, order_id=first.id, name=OWNER, identity="هوية 0102")
        (*_, last) = events_of(session, order_id=first.id)
        assert (last.data["identity"], last.actor_id) == ("هوية 0102", counter.registrar.id)
        with pytest.raises(Conflict):
            handing.destroy(session, actor=counter.registrar, order_id=second.id)
    monkeypatch.setattr("permits.calendar.utcnow", lambda: utcnow() + timedelta(days=32))
    with context.database.transaction() as session:
        handing.destroy(session, actor=counter.registrar, order_id=second.id)
    assert now(context, second).state == "destroyed"


def test_cancelled_before_it_is_paid(context: Context, counter: Counter) -> None:
    order = ordered(context, counter.owner)
    with context.database.transaction() as session, pytest.raises(NotFound):
        ordering.cancel(session, actor=counter.stranger, order_id=order.id)
    with context.database.transaction() as session:
        ordering.cancel(session, actor=counter.owner, order_id=order.id)
    assert (now(context, order).state, bill_of(context, order).state) == ("cancelled", "withdrawn")
    assert pay(context, order).code != "accepted"
    assert now(context, order).state == "cancelled"
    paid = prepared(context, counter.owner)
    with context.database.transaction() as session, pytest.raises(Conflict):
        ordering.cancel(session, actor=counter.owner, order_id=paid.id)


def test_an_unpaid_order_ends_when_its_bill_does(context: Context, counter: Counter) -> None:
    order, other = ordered(context, counter.owner), ordered(context, counter.owner)
    with context.database.transaction() as session:
        session.execute(update(Bill).where(Bill.id == bill_of(context, order).id).values(expires_at=utcnow()))
    handing.run_expiry(context, day=today().isoformat())
    assert (now(context, order).state, now(context, other).state) == ("expired", "awaiting")
    assert bill_of(context, order).state == "withdrawn"


def test_it_is_followed_by_number_and_code(context: Context, counter: Counter) -> None:
    order = ordered(context, counter.owner)
    code = tracking_code(context.settings, order.number)
    with context.database.reading() as session:
        found = track(session, settings=context.settings, number=f" {order.number.lower()} ", code=code.lower())
        assert found.id == order.id
        for number, secret in ((order.number, "AAAAAAAAAA"), ("DM-01-2026-E-999999", code), (order.number, "")):
            with pytest.raises(NotFound):
                track(session, settings=context.settings, number=number, code=secret)


def test_buttons_are_the_table(context: Context, counter: Counter) -> None:
    order = prepared(context, counter.owner, channel="centre", centre="MZ")
    assert allowed(order, counter.registrar) == [OrderAction.BRING]
    assert allowed(order, counter.owner) == []
    assert {step.target for step in STEPS} == set(OrderState) - {OrderState.ORDERED}


def test_events_and_papers_are_never_changed(context: Context, counter: Counter) -> None:
    prepared(context, counter.owner)
    for table in (ExtractEvent, ExtractPaper):
        with pytest.raises(DatabaseError), context.database.transaction() as session:
            session.execute(delete(table))


def test_the_job_runs_twice_and_makes_one_paper(context: Context, counter: Counter) -> None:
    order = prepared(context, counter.owner)
    preparing.prepare_extract(context, order_id=order.id)
    with context.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM extract_papers")).scalar() == 1
    assert now(context, order).document_sha256 == order.document_sha256


def test_a_failed_job_is_asked_for_again_once(context: Context, counter: Counter) -> None:
    order = ordered(context, counter.owner)
    pay(context, order)
    with context.database.transaction() as session, pytest.raises(Conflict):
        preparing.prepare_again(session, actor=counter.registrar, order_id=order.id)
    preparing.preparing_failed(context, error="no font", order_id=order.id)
    for _ in range(2):
        with context.database.transaction() as session:
            preparing.prepare_again(session, actor=counter.registrar, order_id=order.id)
    jobs = [job["id"] for job in unfinished(context.database) if str(job["id"]).startswith("extract.prepare")]
    assert len(jobs) == 2
