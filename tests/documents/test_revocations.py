"""Revoked documents: two people revoke a permit, the signed list says so offline, and an old list says it is old."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from api.cli import main
from permits import audit
from permits.calendar import today
from permits.documents import issue, revoking
from permits.documents.checking import check_token
from permits.documents.claims import OccupancyClaims, from_map, to_map
from permits.documents.keys import verifying_keys
from permits.documents.permit import claims_of
from permits.documents.revocations import RevocationListError, judged, read_list, sign_list
from permits.documents.tables import Permit, RevokedDocument
from permits.documents.token import Revocation, UnreadableToken, cose_keys, new_key, public_set, sign, verify
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.people.actor import Actor, Role
from permits.register.tables import Annotation
from permits.register.versions import holding
from tests.documents.samples import PERMIT
from tests.money.books import make_bill, open_books
from tests.money.test_payments import notice_of, tell

KEY = new_key("2026-a")
KEYS = cose_keys(public_set([KEY]))
ISSUER = "SY-01"
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DAY = date(2026, 6, 1)
PERMIT_TOKEN = sign(claims_of(PERMIT, issuer=ISSUER), KEY)
REVOKED = Revocation(PERMIT.number, date(2026, 5, 20), "court_order")
LICENCE = OccupancyClaims(
    issuer=ISSUER, number="DM-01-2026-O-000001", use="tables", area=Decimal("2.50"), place="جادة السنونو · 103",
    point=(3627650, 3351380), issued=date(2026, 5, 1), starts=date(2026, 5, 10), expires=date(2026, 6, 10),
    document_hash=bytes(range(16)),
)  # fmt: skip
TWO = [Actor(name, name, frozenset({Role.APPROVER})) for name in ("a", "b")]


def listed(*revoked: Revocation, issuer: str = ISSUER) -> str:
    return sign_list(revoked, KEY, issuer=issuer, now=NOW, fresh_hours=48)


def test_a_list_reads_back_and_knows_its_age() -> None:
    known = read_list(listed(REVOKED), KEYS)
    assert (known.issuer, known.issued, dict(known.revoked)) == (ISSUER, NOW, {REVOKED.number: REVOKED})
    assert not known.is_stale(NOW + timedelta(hours=48))
    assert known.is_stale(NOW + timedelta(hours=48, seconds=1))


def test_a_list_of_another_key_or_no_list_is_refused() -> None:
    for text, keys, code in (
        (listed(), cose_keys(public_set([new_key("2026-a")])), "bad_signature"),
        (listed(), cose_keys(public_set([new_key("other")])), "unknown_key"),
        ("hello", KEYS, "unreadable"),
        (PERMIT_TOKEN, KEYS, "unreadable"),  # signed by us, and no list
    ):
        with pytest.raises(RevocationListError) as refused:
            read_list(text, keys)
        assert refused.value.code == code


def test_a_list_is_no_document() -> None:
    with pytest.raises(UnreadableToken):
        verify(listed(REVOKED), KEYS, today=DAY)


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 5, 19), "valid"), (date(2026, 5, 20), "revoked"), (date(2026, 6, 1), "revoked")]
)
def test_a_document_is_revoked_from_its_day_on(day: date, code: str) -> None:
    known = read_list(listed(REVOKED), KEYS)
    assert judged(verify(PERMIT_TOKEN, KEYS, today=day), known, today=day).code == code


def test_another_issuers_list_knows_nothing_of_it() -> None:
    known = read_list(listed(REVOKED, issuer="SY-02"), KEYS)
    assert judged(verify(PERMIT_TOKEN, KEYS, today=DAY), known, today=DAY).code == "valid"


@given(place=st.text(max_size=60), area=st.decimals("0.25", "100000", places=2), use=st.text(max_size=20),
       number=st.text(max_size=40), days=st.integers(0, 400))  # fmt: skip
def test_a_licences_claims_come_back(place: str, area: Decimal, use: str, number: str, days: int) -> None:
    last = LICENCE.starts + timedelta(days=days)
    claims = replace(LICENCE, place=place, area=area, use=use, number=number, expires=last)
    assert from_map(to_map(claims)) == claims
    assert verify(sign(claims, KEY), KEYS, today=LICENCE.starts).claims == claims


@pytest.mark.parametrize(
    ("on", "exit_code", "says"),
    [("2026-05-09", 1, "has not begun"), ("2026-05-10", 0, "in force"), ("2026-06-10", 0, "Tables and chairs"),
     ("2026-06-11", 1, "term is over")],
)  # fmt: skip
def test_a_licence_is_verified_offline_by_its_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], on: str, exit_code: int, says: str
) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(public_set([KEY]), encoding="utf-8")
    assert main(["verify", sign(LICENCE, KEY), "--keys", str(keys), "--on", on, "--lang", "en"]) == exit_code
    said = capsys.readouterr().out
    for expected in (says, "2.50", "33.51380, 36.27650", "جادة السنونو · 103", "No list of revocations"):
        assert expected in said


@pytest.mark.parametrize(
    ("on", "revoked", "exit_code", "says"),
    [
        ("2026-06-01", listed(REVOKED), 1, "court order"),
        ("2026-06-01", listed(), 0, "issued 2026-06-01 12:00"),
        ("2026-06-04", listed(), 0, "is old"),
        ("2026-06-01", listed(REVOKED, issuer="SY-02"), 0, "another issuer (SY-02)"),
        ("2026-06-01", "hello", 2, "cannot be read"),
        ("2026-06-01", "رمز", 2, "cannot be read"),
    ],
)
def test_the_command_takes_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], on: str, revoked: str, exit_code: int, says: str
) -> None:
    keys, found = tmp_path / "keys.json", tmp_path / "revocations.cwt"
    keys.write_text(public_set([KEY]), encoding="utf-8")
    found.write_text(revoked, encoding="utf-8")
    arguments = ["--keys", str(keys), "--revoked", str(found), "--on", on, "--lang", "en"]
    assert main(["verify", PERMIT_TOKEN, *arguments]) == exit_code
    assert says in capsys.readouterr().out.translate({0x2068: None, 0x2069: None})


@pytest.mark.parametrize(("moment", "exit_code"), [((9, 20, 59), 1), ((9, 21, 0), 0), ((10, 20, 59), 0)])
def test_the_command_counts_days_of_the_place_on_a_machine_of_any_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: tuple[int, int, int], exit_code: int
) -> None:
    day, hour, minute = moment
    monkeypatch.setattr("permits.calendar.utcnow", lambda: datetime(2026, 5, day, hour, minute, tzinfo=UTC))
    keys = tmp_path / "keys.json"
    keys.write_text(public_set([KEY]), encoding="utf-8")
    token = sign(replace(LICENCE, expires=date(2026, 5, 10)), KEY)  # holds on the 10th of May in Damascus alone
    assert main(["verify", token, "--keys", str(keys), "--lang", "en"]) == exit_code


@pytest.fixture
def permit(context: Context) -> Permit:
    bill = make_bill(context, open_books(context))
    tell(context, notice_of(bill))
    issue.issue_permit(context, case_id=bill.case_id)
    with context.database.reading() as session:
        return issue.permit_of(session, case_id=bill.case_id)


def test_two_people_revoke_a_permit(context: Context, permit: Permit) -> None:
    asking, deciding = TWO
    with context.database.transaction() as session, pytest.raises(NotFound):
        revoking.revoke(session, actor=deciding, number=permit.number)
    with context.database.transaction() as session, pytest.raises(Invalid):
        revoking.ask_revocation(session, actor=asking, number=permit.number, reason="court_order", note="")
    with context.database.transaction() as session:
        revoking.ask_revocation(session, actor=asking, number=permit.number, reason="court_order", note="حكم 12")
    with context.database.transaction() as session, pytest.raises(Conflict, match="four-eyes"):
        revoking.revoke(session, actor=asking, number=permit.number)
    with context.database.transaction() as session, pytest.raises(Forbidden):
        revoking.revoke(session, actor=replace(deciding, roles=frozenset({Role.REVIEWER})), number=permit.number)
    with context.database.transaction() as session:
        on_sheet = holding(Annotation).where(Annotation.detail == permit.number)
        assert session.scalars(on_sheet).one().kind == "permit"
        revoking.revoke(session, actor=deciding, number=permit.number)
        assert session.scalars(on_sheet).all() == []
    with context.database.transaction() as session, pytest.raises(Conflict, match="already-revoked"):
        revoking.revoke(session, actor=deciding, number=permit.number)
    keys = verifying_keys(context.settings)
    with context.database.reading() as session:
        assert check_token(session, keys=keys, text=permit.token, today=today()).code == "revoked"
        known = read_list(revoking.revocation_list(session, settings=context.settings), keys)
        assert [row.event for row in audit.timeline(session, permit.case_id)][-2:] == [
            "revocation-asked", "document-revoked",
        ]  # fmt: skip
    assert judged(verify(permit.token, keys, today=today()), known, today=today()).code == "revoked"


def test_what_is_revoked_stays_so(context: Context, permit: Permit) -> None:
    with context.database.transaction() as session:
        revoking.ask_revocation(session, actor=TWO[0], number=permit.number, reason="office_error", note="خطأ")
        revoking.revoke(session, actor=TWO[1], number=permit.number)
    with pytest.raises(DBAPIError, match="append-only"), context.database.transaction() as session:
        session.query(RevokedDocument).delete()
