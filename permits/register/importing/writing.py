"""The register as a table of the profile `rukhsa`: every sheet that speaks for its property, a row for an owner."""

import csv
import io
from collections.abc import Iterator
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.errors import Conflict
from permits.money.money import Epoch, Money
from permits.people.actor import Actor, Role
from permits.register.importing.profile import Column, profile_of
from permits.register.parties import PartyKind
from permits.register.sheets import Owner, owners
from permits.register.state import SheetState, Signal
from permits.register.tables import Party, PartyIdentity, Sheet
from permits.register.versions import state_of


def write_table(session: Session, *, actor: Actor) -> bytes:
    """CSV in UTF-8 with a mark, as spreadsheets want it.

    Conflict for a sheet that a table has no words for: of a divided building, of a group, or with two signals on one
    share. The package of `permits.register.handover` holds them all.
    """
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    names = {column: given[0] for column, given in profile_of("rukhsa").columns.items()}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(Column), restval="", lineterminator="\r\n")
    writer.writerow(names)
    sheets = select(Sheet).where(Sheet.active).order_by(Sheet.cadastral_zone, Sheet.parcel, Sheet.section)
    writer.writerows(chain.from_iterable(_rows(session, sheet) for sheet in session.scalars(sheets)))
    return text.getvalue().encode("utf-8-sig")


def _rows(session: Session, sheet: Sheet) -> Iterator[dict[Column, str]]:
    state = state_of(session, sheet)
    common = _common(sheet, state)
    on_share = {signal.party: signal for signal in state.signals if signal.party is not None}
    on_sheet = [signal for signal in state.signals if signal.party is None]
    if state.land_shares is not None or state.common or len(on_share) + len(on_sheet) < len(state.signals):
        raise Conflict("register-sheet-not-tabled", parcel=sheet.parcel)
    for owner in owners(session, sheet=sheet):
        signal = on_share.get(owner.party)
        yield {**common, **_owner(session, sheet, owner), **(_signal(signal) if signal else {})}
    yield from ({**common, **_signal(signal)} for signal in on_sheet)


def _common(sheet: Sheet, state: SheetState) -> dict[Column, str]:
    return {
        Column.ZONE: sheet.cadastral_zone, Column.ZONE_EN: sheet.zone_names["en"], Column.PARCEL: sheet.parcel,
        Column.SECTION: sheet.section, Column.TENURE: state.tenure, Column.AREA: f"{state.area:f}",
        Column.DESCRIPTION: state.description, Column.REGISTER: sheet.register, Column.EVIDENCE: sheet.evidence,
    }  # fmt: skip


def _owner(session: Session, sheet: Sheet, owner: Owner) -> dict[Column, str]:
    party = session.get_one(Party, owner.party)
    if party.kind == PartyKind.GROUP:
        raise Conflict("register-sheet-not-tabled", parcel=sheet.parcel)
    identity = session.get(PartyIdentity, owner.party)
    known = {Column.IDENTITY: identity.number, Column.IDENTITY_KIND: identity.kind} if identity else {}
    share = f"{owner.share.numerator}/{owner.share.denominator}"
    return {
        Column.OWNER: party.name_ar, Column.OWNER_EN: party.name_en, Column.KIND: party.kind, Column.SHARE: share,
        **known,
    }  # fmt: skip


def _signal(signal: Signal) -> dict[Column, str]:
    amount = {} if signal.piastres is None else _amount(signal.piastres, Epoch(signal.epoch or Epoch.NEW))
    rank = "" if signal.rank is None else str(signal.rank)
    return {
        Column.SIGNAL: signal.kind, Column.SIGNAL_DETAIL: signal.detail, Column.SIGNAL_FOR: signal.beneficiary,
        Column.SIGNAL_ON: "sheet" if signal.party is None else "share", Column.SIGNAL_RANK: rank, **amount,
    }  # fmt: skip


def _amount(piastres: int, epoch: Epoch) -> dict[Column, str]:
    return {
        Column.SIGNAL_AMOUNT: f"{Money.of_piastres(piastres).to(epoch).amount:f}", Column.SIGNAL_EPOCH: str(epoch),
    }  # fmt: skip
