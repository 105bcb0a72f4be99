"""Tables of the property register after ISO 19152: sheets, parties, shares, signals, the journal and its sources.

Every fact has two times. `valid_from` and `valid_to` are legal days of Damascus (ISO text, the end not included);
`from_entry` and `until_entry` are the journal entries by which the register came to know the row and took it back;
`origin_entry` is the act that a row restored by a reversal belongs to, else its `from_entry`. A row is never removed
and only its `until_entry` is ever set. The journal and its sources are append-only (the
migration calls `permits.immutable.forbid_changes` for each name in IMMUTABLE).
"""

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("journal_entries", "sources", "sheet_lineage")


class Sheet(Base):
    """The sheet of one parcel (صحيفة عقارية), or of one section of a building on it.

    `register` is permanent, temporary or supplementary, `evidence` original, scan, reconstructed-administratively or
    reconstructed-judicially, `status` how sure the data are. What may change is in its versions; `active` says that
    this sheet speaks for its property, which only one may.
    """

    __tablename__ = "sheets"
    __table_args__ = (
        Index(
            "uq_sheets_active", "cadastral_zone", "parcel", "section", unique=True,
            sqlite_where=text("active"), postgresql_where=text("active"),
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    parcel: Mapped[str] = mapped_column(String(40), index=True)
    section: Mapped[str] = mapped_column(String(40), default="")
    cadastral_zone: Mapped[str] = mapped_column(String(120))
    zone_names: Mapped[dict[str, Any]]
    folded: Mapped[str]
    register: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[str] = mapped_column(String(30), default="original")
    status: Mapped[str] = mapped_column(String(20))
    active: Mapped[bool] = mapped_column(default=True)


class Party(Base):
    """A person who holds or may hold rights: natural, legal, state, or a group that holds one share jointly.

    The layers give names without identity, so each of their owners is a party of its own. `folded` is searched.
    """

    __tablename__ = "parties"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20), default="natural")
    name_ar: Mapped[str]
    name_en: Mapped[str]
    folded: Mapped[str]


class PartyIdentity(Base):
    """Personal data of a party, kept apart: a document's number, folded to ASCII digits, unique for its kind."""

    __tablename__ = "party_identities"
    __table_args__ = (Index("uq_party_identities_number", "kind", "number", unique=True),)

    party_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(40))


class PartyMember(Base):
    """A member of a group, with its part of the group's share where the deed gives one."""

    __tablename__ = "party_members"

    group_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"), primary_key=True)
    member_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"), primary_key=True)
    numerator: Mapped[str | None]
    denominator: Mapped[str | None]


class Source(Base):
    """The document that an entry rests on; `day` is its ISO date, `sha256` that of its scan."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(30))
    number: Mapped[str] = mapped_column(String(80))
    day: Mapped[str] = mapped_column(String(10))
    issuer: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str | None] = mapped_column(String(64))


class JournalEntry(Base):
    """One numbered act (دفتر اليومية) on a sheet or a person; `valid_on` is the legal day, `at` the record's moment.

    A mistake is not edited: `reverses` names the entry that this one undoes.
    """

    __tablename__ = "journal_entries"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    sheet_id: Mapped[str | None] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    party_id: Mapped[str | None] = mapped_column(Id, ForeignKey("parties.id"), index=True)
    act: Mapped[str] = mapped_column(String(30))
    valid_on: Mapped[str] = mapped_column(String(10))
    source_id: Mapped[str | None] = mapped_column(Id, ForeignKey("sources.id"))
    reverses: Mapped[str | None] = mapped_column(Id, ForeignKey("journal_entries.id"), unique=True)
    actor_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    data: Mapped[dict[str, Any]]


class Lineage(Base):
    """That an entry made one sheet out of another: split, merge, division by floors, transfer to permanent."""

    __tablename__ = "sheet_lineage"

    parent_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), primary_key=True)
    child_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), primary_key=True, index=True)
    entry_id: Mapped[str] = mapped_column(Id, ForeignKey("journal_entries.id"))


class Versioned:
    """The two times of a row."""

    valid_from: Mapped[str] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    from_entry: Mapped[str] = mapped_column(Id, ForeignKey("journal_entries.id"), index=True)
    until_entry: Mapped[str | None] = mapped_column(Id, ForeignKey("journal_entries.id"), index=True)
    origin_entry: Mapped[str] = mapped_column(Id, ForeignKey("journal_entries.id"), index=True)


class SheetVersion(Versioned, Base):
    """What a sheet says beside owners and signals; `area` as text in m2, `land_shares` of 2400 for a section."""

    __tablename__ = "sheet_versions"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    tenure: Mapped[str] = mapped_column(String(40))
    area: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    description: Mapped[str]
    land_shares: Mapped[int | None]
    common: Mapped[list[str]]


class SheetShare(Versioned, Base):
    """A party's exact share of a sheet and the entry it rests on; both terms as text, of any size."""

    __tablename__ = "sheet_shares"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    party_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"), index=True)
    numerator: Mapped[str]
    denominator: Mapped[str]
    basis_entry: Mapped[str] = mapped_column(Id, ForeignKey("journal_entries.id"))

    @property
    def fraction(self) -> Fraction:
        """The exact share."""
        return Fraction(int(self.numerator), int(self.denominator))


class Annotation(Versioned, Base):
    """A signal (إشارة) on a sheet, on a party's share of it (both set), or on a person (no sheet).

    `signal_id` is the same in every version of one signal, `kind` a code of the policy, `detail` names the document;
    a mortgage has `piastres`, the `epoch` its document is written in, and its `rank`.
    """

    __tablename__ = "annotations"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    signal_id: Mapped[str] = mapped_column(Id, index=True)
    sheet_id: Mapped[str | None] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    party_id: Mapped[str | None] = mapped_column(Id, ForeignKey("parties.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    detail: Mapped[str] = mapped_column(String(200))
    beneficiary: Mapped[str] = mapped_column(String(200), default="")
    piastres: Mapped[int | None] = mapped_column(BigInteger)
    epoch: Mapped[str | None] = mapped_column(String(10))
    rank: Mapped[int | None]
    expires: Mapped[str | None] = mapped_column(String(10))
    basis_entry: Mapped[str] = mapped_column(Id, ForeignKey("journal_entries.id"))


class CaseApplicant(Base):
    """The owner on whose right a case rests, and the agent who acts with a power of attorney until `expires` (ISO)."""

    __tablename__ = "case_applicants"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), primary_key=True)
    party_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"))
    agent: Mapped[str] = mapped_column(String(200))
    power_of_attorney: Mapped[str] = mapped_column(String(80))
    expires: Mapped[str | None] = mapped_column(String(10))
    declared_by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class CaseConsent(Base):
    """That an owner consents to the application of a case; `document` is its number."""

    __tablename__ = "case_consents"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), primary_key=True)
    party_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"), primary_key=True)
    document: Mapped[str] = mapped_column(String(80))
    recorded_by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Extract(Base):
    """An issued extract: its number and the fingerprint of its facts, by which a copy is checked."""

    __tablename__ = "extracts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    as_of: Mapped[str] = mapped_column(String(10))
    fingerprint: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)


class PartyAccount(Base):
    """That an account is a party of the register, or its agent by a power of attorney until `expires` (ISO).

    The registrar says so after seeing `identity`, the number of a document; `ended_at` takes it back.
    """

    __tablename__ = "party_accounts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), index=True)
    party_id: Mapped[str] = mapped_column(Id, ForeignKey("parties.id"))
    power_of_attorney: Mapped[str] = mapped_column(String(80))
    expires: Mapped[str | None] = mapped_column(String(10))
    identity: Mapped[str] = mapped_column(String(80))
    linked_by: Mapped[str] = mapped_column(String(80))
    linked_at: Mapped[datetime] = mapped_column(default=utcnow)
    ended_at: Mapped[datetime | None]
