"""The hand-over package: sheets with their owners, signals, journal and lineage in one signed file, checked anywhere.

A ZIP of canonical JSON lines, a manifest with the SHA-256 and the number of lines of each, and the office's COSE
signature of the manifest. It holds what the register knew at one moment: packed again for that moment, with the same
key and the same identities of persons, it is the same bytes.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cash.sealed import seal
from permits.db import canonical, utcnow
from permits.errors import Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.acts import Act
from permits.register.package import KIND, MANIFEST, SIGNATURE, VERSION
from permits.register.parties import members_of
from permits.register.tables import (
    Annotation,
    JournalEntry,
    Lineage,
    Party,
    PartyIdentity,
    PartyMember,
    Sheet,
    SheetShare,
    SheetVersion,
    Source,
)
from permits.register.versions import holding
from permits.text import fold

_BATCH = 1000


@dataclass(frozen=True)
class Scope:
    """Which sheets: all, those of a cadastral zone, or those that were carried to the permanent register."""

    zone: str = ""
    transferred: bool = False


@dataclass(frozen=True)
class Packed:
    """What was written: the moment whose knowledge it is, the last entry known then, lines by member."""

    moment: datetime
    entry: int
    counts: Mapping[str, int]
    sha256: str


def pack(
    session: Session, *, actor: Actor, out: Path, office: str, key: Mapping[str, str], scope: Scope | None = None,
    known: datetime | None = None,
) -> Packed:  # fmt: skip
    """Write the package as the register knew it at a moment (now); Invalid where there was no entry yet."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    wanted = scope or Scope()
    last = _last_entry(session, known)
    source = _Source(session, last, _sheets(session, wanted))
    members: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, lines in source.members():
            members[name] = _write(archive, name, lines)
        content = {
            "format": KIND, "version": VERSION, "office": office, "moment": last.at.isoformat(), "entry": last.number,
            "scope": {"zone": wanted.zone, "transferred": wanted.transferred}, "members": members,
        }  # fmt: skip
        manifest = canonical(content).encode()
        _put(archive, MANIFEST, manifest)
        _put(archive, SIGNATURE, seal(KIND, {"sha256": hashlib.sha256(manifest).digest()}, key))
    counts = {name: int(told["lines"]) for name, told in members.items()}
    digest = hashlib.sha256(manifest).hexdigest()
    audit.record(
        session, AuditEvent.REGISTER_HANDED_OVER, actor=actor, subject="register", manifest=digest,
        moment=last.at.isoformat(), entry=last.number, sheets=counts["sheets.jsonl"], zone=wanted.zone,
    )  # fmt: skip
    return Packed(last.at, last.number, counts, digest)


def _last_entry(session: Session, known: datetime | None) -> JournalEntry:
    """The last entry known at a moment: entries are committed in their order, so none before it is still to come."""
    if known is not None and (known.tzinfo is None or known > utcnow()):
        raise Invalid("register-moment-to-come")
    query = select(JournalEntry).order_by(JournalEntry.number.desc()).limit(1)
    found = session.scalar(query if known is None else query.where(JournalEntry.at <= known))
    if found is None:
        raise Invalid("register-empty")
    return found


def _sheets(session: Session, scope: Scope) -> frozenset[str] | None:
    """The ids of the sheets, None for all."""
    if not scope.zone and not scope.transferred:
        return None
    query = select(Sheet.id, Sheet.cadastral_zone)
    if scope.transferred:
        moved = select(Lineage).join(JournalEntry, JournalEntry.id == Lineage.entry_id)
        rows = session.scalars(moved.where(JournalEntry.act == str(Act.TO_PERMANENT)))
        ids = {sheet for row in rows for sheet in (row.parent_id, row.child_id)}
    else:
        ids = None
    found = frozenset(
        sheet for sheet, zone in session.execute(query)
        if (ids is None or sheet in ids) and (not scope.zone or fold(zone) == fold(scope.zone))
    )  # fmt: skip
    if not found:
        raise NotFound("register-scope-empty")
    return found


class _Source:
    """The lines of every member, read from the register as it was known at the moment of an entry."""

    def __init__(self, session: Session, last: JournalEntry, sheets: frozenset[str] | None) -> None:
        self.session, self.last, self.sheets = session, last, sheets
        query = select(JournalEntry.id, JournalEntry.number).where(JournalEntry.number <= last.number)
        self.numbers = {entry: number for entry, number in session.execute(query)}  # noqa: C416 - rows are no pairs to the type checker
        self.parties = self._parties()

    def members(self) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
        """Every member by name, in the order of the file."""
        yield "sheets.jsonl", self._sheet_lines()
        yield "shares.jsonl", self._share_lines()
        yield "signals.jsonl", self._signal_lines()
        yield "parties.jsonl", self._party_lines()
        yield "journal.jsonl", self._journal_lines()
        yield "lineage.jsonl", self._lineage_lines()

    def _in(self, sheet: str | None) -> bool:
        return self.sheets is None or sheet in self.sheets

    def _parties(self) -> frozenset[str]:
        """Everybody who ever held a share or bore a signal in these sheets, members of groups too."""
        rows = self.session.execute(select(SheetShare.sheet_id, SheetShare.party_id, SheetShare.from_entry))
        found = {row.party_id for row in rows if row.from_entry in self.numbers and self._in(row.sheet_id)}
        if self.sheets is None:
            persons = self.session.execute(select(Annotation.party_id, Annotation.from_entry))
            found |= {row.party_id for row in persons if row.party_id and row.from_entry in self.numbers}
        wanted = sorted(found)
        for start in range(0, len(wanted), 500):  # below every database's limit of parameters
            for mine in members_of(self.session, wanted[start : start + 500]).values():
                found.update(mine)
        return frozenset(found)

    def _sheet_lines(self) -> Iterator[dict[str, Any]]:
        query = (
            holding(SheetVersion, known=self.last.at)
            .join(Sheet, Sheet.id == SheetVersion.sheet_id)
            .order_by(Sheet.id)
            .add_columns(Sheet)
        )
        for version, sheet in self.session.execute(query.execution_options(yield_per=_BATCH)):
            if self._in(sheet.id):
                yield {
                    "id": sheet.id, "parcel": sheet.parcel, "section": sheet.section, "zone": sheet.zone_names,
                    "register": sheet.register, "evidence": sheet.evidence, "status": sheet.status,
                    "state": version.state, "tenure": version.tenure, "area": version.area,
                    "description": version.description, "land_shares": version.land_shares, "common": version.common,
                }  # fmt: skip

    def _share_lines(self) -> Iterator[dict[str, Any]]:
        query = holding(SheetShare, known=self.last.at).order_by(SheetShare.sheet_id, SheetShare.id)
        for row in self.session.scalars(query.execution_options(yield_per=_BATCH)):
            if self._in(row.sheet_id):
                yield {
                    "sheet": row.sheet_id, "party": row.party_id, "numerator": row.numerator,
                    "denominator": row.denominator, "since": row.valid_from, "entry": self.numbers[row.basis_entry],
                }  # fmt: skip

    def _signal_lines(self) -> Iterator[dict[str, Any]]:
        query = holding(Annotation, known=self.last.at).order_by(Annotation.signal_id, Annotation.id)
        for row in self.session.scalars(query.execution_options(yield_per=_BATCH)):
            if self._in(row.sheet_id) if row.sheet_id is not None else row.party_id in self.parties:
                yield {
                    "id": row.signal_id, "sheet": row.sheet_id, "party": row.party_id, "kind": row.kind,
                    "detail": row.detail, "beneficiary": row.beneficiary, "piastres": row.piastres,
                    "epoch": row.epoch, "rank": row.rank, "expires": row.expires, "since": row.valid_from,
                    "entry": self.numbers[row.basis_entry],
                }  # fmt: skip

    def _party_lines(self) -> Iterator[dict[str, Any]]:
        query = select(Party, PartyIdentity).outerjoin(PartyIdentity, PartyIdentity.party_id == Party.id)
        members = _by_group(self.session)
        for party, identity in self.session.execute(query.order_by(Party.id).execution_options(yield_per=_BATCH)):
            if party.id in self.parties:
                yield {
                    "id": party.id, "kind": party.kind, "name_ar": party.name_ar, "name_en": party.name_en,
                    "identity": {"kind": identity.kind, "number": identity.number} if identity else None,
                    "members": members.get(party.id, []),
                }  # fmt: skip

    def _journal_lines(self) -> Iterator[dict[str, Any]]:
        bound = {row.entry_id for row in self._lineage()}
        query = (
            select(JournalEntry, Source)
            .outerjoin(Source, Source.id == JournalEntry.source_id)
            .where(JournalEntry.number <= self.last.number)
            .order_by(JournalEntry.number)
        )
        for entry, document in self.session.execute(query.execution_options(yield_per=_BATCH)):
            mine = self._in(entry.sheet_id) if entry.sheet_id is not None else entry.party_id in self.parties
            if mine or entry.id in bound:
                yield _entry_line(entry, document, self.numbers)

    def _lineage(self) -> list[Lineage]:
        query = select(Lineage).order_by(Lineage.parent_id, Lineage.child_id)
        return [
            row for row in self.session.scalars(query)
            if row.entry_id in self.numbers and (self._in(row.parent_id) or self._in(row.child_id))
        ]  # fmt: skip

    def _lineage_lines(self) -> Iterator[dict[str, Any]]:
        for row in self._lineage():
            yield {"parent": row.parent_id, "child": row.child_id, "entry": self.numbers[row.entry_id]}


def _entry_line(entry: JournalEntry, document: Source | None, numbers: Mapping[str, int]) -> dict[str, Any]:
    told = document and {
        "kind": document.kind, "number": document.number, "day": document.day, "issuer": document.issuer,
        "sha256": document.sha256,
    }  # fmt: skip
    return {
        "number": entry.number, "sheet": entry.sheet_id, "party": entry.party_id, "act": entry.act,
        "valid_on": entry.valid_on, "at": entry.at.isoformat(), "source": told, "data": entry.data,
        "reverses": None if entry.reverses is None else numbers[entry.reverses],
    }  # fmt: skip


def _by_group(session: Session) -> dict[str, list[list[str | None]]]:
    """The members of every group with their parts, if they have any."""
    found: dict[str, list[list[str | None]]] = {}
    for row in session.scalars(select(PartyMember).order_by(PartyMember.group_id, PartyMember.member_id)):
        found.setdefault(row.group_id, []).append([row.member_id, row.numerator, row.denominator])
    return found


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)  # of the year 1980, so that the same content is the same bytes
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    with archive.open(_info(name), "w") as member:
        member.write(content)


def _write(archive: zipfile.ZipFile, name: str, lines: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Write a member line by line; what the manifest says of it."""
    digest, count, size = hashlib.sha256(), 0, 0
    with archive.open(_info(name), "w") as member:
        for line in lines:
            content = canonical(line).encode() + b"\n"
            member.write(content)
            digest.update(content)
            count, size = count + 1, size + len(content)
    return {"sha256": digest.hexdigest(), "lines": count, "bytes": size}
