"""A paid case gets its permit once, however often its job runs."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from permits.cases.tables import Case
from permits.documents import issue
from permits.documents.issue import issue_permit, permit_of
from permits.documents.keys import public_keys, signing_key, verifying_keys
from permits.documents.permit import from_json, permit_page
from permits.documents.render import render_pages
from permits.documents.sheet import fingerprint
from permits.documents.tables import Permit
from permits.documents.token import verify
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.money.tables import Bill
from permits.register.sheets import owners, sheet_of_plot
from permits.register.tables import Annotation
from tests.money.books import Town, make_bill, open_books
from tests.money.test_payments import notice_of, tell


@pytest.fixture
def town(context: Context) -> Town:
    return open_books(context)


@pytest.fixture
def paid(context: Context, town: Town) -> Bill:
    bill = make_bill(context, town)
    tell(context, notice_of(bill))
    return bill


def _permits(context: Context) -> list[Permit]:
    with context.database.reading() as session:
        return list(session.scalars(select(Permit)))


def test_a_paid_case_gets_a_permit_that_verifies(context: Context, town: Town, paid: Bill) -> None:
    issue_permit(context, case_id=paid.case_id)
    with context.database.reading() as session:
        permit = permit_of(session, case_id=paid.case_id)
        assert session.get_one(Case, paid.case_id).state == "permit_issued"
        assert session.scalars(select(Annotation.detail)).all() == [permit.number]
        sheet = sheet_of_plot(session, zone=town.zone, plot=town.plot)
        held = [(owner.name_ar, owner.share) for owner in owners(session, sheet=sheet)]
    verdict = verify(permit.token, verifying_keys(context.settings), today=date.fromisoformat(permit.issued_on))
    assert verdict.valid
    assert (verdict.claims.number, verdict.claims.plot, verdict.claims.floors) == (permit.number, town.plot, 4)
    facts = from_json(permit.facts)
    assert [(holder.name, holder.share) for holder in facts.owners] == held
    assert (facts.paid, facts.model_sha256) == (paid.piastres, "9f" * 32)
    assert fingerprint(facts) == permit.fingerprint
    assert {"fictitious", "provisional"} <= set(facts.statuses)
    pdf = context.storage.read(permit.document_sha256 or "")
    assert b"".join(PdfReader(BytesIO(pdf)).attachments["permit.json"])


def test_the_printed_code_is_the_token(context: Context, paid: Bill) -> None:
    issue_permit(context, case_id=paid.case_id)
    (permit,) = _permits(context)
    address = issue.address_of(context.settings, permit.token)
    data = permit_page(
        from_json(permit.facts), language="ar", office=issue.office_of(context.settings), address=address
    )
    (image,) = render_pages("permit", data, fonts=None, ppi=150)
    assert zxingcpp.read_barcodes(Image.open(BytesIO(image)))[0].text == address


def test_the_job_run_again_changes_nothing(context: Context, paid: Bill) -> None:
    issue_permit(context, case_id=paid.case_id)
    first = _permits(context)
    issue_permit(context, case_id=paid.case_id)
    second = _permits(context)
    assert [(p.id, p.number, p.document_sha256) for p in first] == [(p.id, p.number, p.document_sha256) for p in second]
    with context.database.reading() as session:
        assert len(session.scalars(select(Annotation)).all()) == 1


def test_a_job_killed_between_number_and_document_keeps_its_number(
    context: Context, paid: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any, **__: Any) -> bytes:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("permits.documents.issue.permit_pdf", killed)
        with pytest.raises(SystemExit):
            issue_permit(context, case_id=paid.case_id)
    (drafted,) = _permits(context)
    assert drafted.document_sha256 is None
    issue_permit(context, case_id=paid.case_id)
    (issued,) = _permits(context)
    assert (issued.number, issued.token) == (drafted.number, drafted.token)
    assert issued.document_sha256


def test_permits_are_numbered_without_a_gap(context: Context, town: Town) -> None:
    for transaction in ("A", "B"):
        bill = make_bill(context, town)
        tell(context, notice_of(bill, transaction))
        issue_permit(context, case_id=bill.case_id)
    assert [permit.number[-6:] for permit in _permits(context)] == ["000001", "000002"]


def test_an_unpaid_case_gets_none(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    with pytest.raises(Conflict, match="wrong-state"):
        issue_permit(context, case_id=bill.case_id)
    with context.database.reading() as session, pytest.raises(NotFound):
        permit_of(session, case_id=bill.case_id)


def test_a_new_key_signs_and_the_old_one_still_verifies(context: Context) -> None:
    first = signing_key(context.settings)
    assert signing_key(context.settings) == first
    old = next((context.settings.data_dir / "keys").glob("permit-*.jwk"))
    kid = first["kid"]
    (old.parent / "permit-zzz.jwk").write_text(old.read_text(encoding="utf-8").replace(kid, "zzz"), encoding="utf-8")
    assert signing_key(context.settings)["kid"] == "zzz"
    assert set(verifying_keys(context.settings)) == {kid, "zzz"}
    assert '"d"' not in public_keys(context.settings)
