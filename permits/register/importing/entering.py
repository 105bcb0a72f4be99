"""A judged sheet becomes a sheet of the register, by the use cases by which every sheet is opened."""

from datetime import date

from sqlalchemy.orm import Session

from permits.db import new_id
from permits.errors import Invalid
from permits.people.actor import Actor
from permits.register.acts import marks
from permits.register.deed import Deed
from permits.register.importing.judging import Holder, Judged
from permits.register.importing.reading import SignalRead
from permits.register.importing.tables import Batch
from permits.register.journal import Document
from permits.register.opening import NewSheet, first_registration
from permits.register.parties import identify, register_party
from permits.register.state import SheetState, Signal
from permits.register.tables import PartyIdentity, Sheet

DOCUMENT = "register-file"


def enter_sheet(session: Session, *, actor: Actor, batch: Batch, judged: Judged) -> Sheet:
    """Open a sheet that is ready; its source is the file, by its hash, and the first row that tells of it."""
    read = judged.read
    if read is None:
        raise Invalid("register-candidate-not-ready")
    on = date.fromisoformat(batch.day)
    parties = {row: (_party(session, actor, holder), holder) for holder in judged.holders for row in holder.rows[:1]}
    state = SheetState(
        tenure=read.tenure, area=read.area, description=read.description,
        holdings={party: holder.share for party, holder in parties.values()},
    )  # fmt: skip
    by_row = {row: party for party, holder in parties.values() for row in holder.rows}
    for signal in read.signals:
        state = marks.place(state, _signal(signal, by_row))
    document = Document(DOCUMENT, f"{batch.name[-60:]}#{read.first}", on, batch.source, batch.sha256)
    place = NewSheet(
        zone=judged.zone, names=read.names, parcel=read.parcel, section=read.section, register=read.register,
        evidence=read.evidence, status=batch.profile["status"],
    )  # fmt: skip
    return first_registration(session, deed=Deed(actor, document, on), place=place, state=state)


def _party(session: Session, actor: Actor, holder: Holder) -> str:
    """The party of an owner: one known already, who may learn his identity of it, or a new one."""
    owner = holder.owner
    if holder.party is None:
        return register_party(
            session, actor=actor, name_ar=owner.name_ar, name_en=owner.name_en, kind=owner.kind,
            identity=owner.identity,
        ).id  # fmt: skip
    if owner.identity is not None and session.get(PartyIdentity, holder.party) is None:
        identify(session, actor=actor, party_id=holder.party, identity=owner.identity)
    return holder.party


def _signal(read: SignalRead, parties: dict[int, str]) -> Signal:
    return Signal(
        id=new_id(), kind=str(read.kind), detail=read.detail, party=parties.get(read.row) if read.on_share else None,
        beneficiary=read.beneficiary, piastres=read.piastres, epoch=read.epoch, rank=read.rank,
    )  # fmt: skip
