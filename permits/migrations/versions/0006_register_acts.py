"""The register in two times: versions, parties with identity, sources, lineage, signals.

Sheets, parties, journal and their rows refer to each other, so all six tables are read, dropped and written anew; on
the way down, what the former tables cannot hold (sections, closed sheets, entries on persons, signals with an end
that lies in another table) is left out.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from alembic import op
import sqlalchemy as sa

from permits import db
from permits.immutable import allow_changes, forbid_changes
from permits.text import fold, fold_name

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IMMUTABLE = ("journal_entries", "sources", "sheet_lineage")
DAMASCUS = ZoneInfo("Asia/Damascus")


def _id(name, target=None, null=False):
    keys = [sa.ForeignKey(f"{target}.id")] if target else []
    return sa.Column(name, sa.String(36), *keys, nullable=null)


def _text(name, length=None, null=False):
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=null)


def _time(name):
    return sa.Column(name, db.UtcDateTime(timezone=True), nullable=False)


def _key(name="id"):
    return sa.Column(name, sa.String(36), primary_key=True, nullable=False)


def _table(meta, name, *columns, indexed=()):
    table = sa.Table(name, meta, *columns)
    for column in indexed:
        sa.Index(f"ix_{name}_{column}", table.c[column])
    return table


def _extracts(meta):
    _table(meta, "extracts", _key(), _text("number", 40), _id("sheet_id", "sheets"), _text("as_of", 10),
           _text("fingerprint", 64), _time("issued_at"), sa.UniqueConstraint("number"), indexed=("sheet_id",))


def old_tables():
    meta = sa.MetaData(naming_convention=db.NAMING)
    _table(meta, "sheets", _key(), _text("parcel", 40), _text("cadastral_zone", 120),
           sa.Column("zone_names", sa.JSON(), nullable=False), _text("register", 20), _text("tenure", 40),
           _text("area", 20), _text("status", 20), sa.UniqueConstraint("cadastral_zone", "parcel"),
           indexed=("parcel",))
    _table(meta, "parties", _key(), _text("name_ar"), _text("name_en"))
    _table(meta, "journal_entries", _key(), sa.Column("number", sa.BigInteger(), nullable=False),
           _id("sheet_id", "sheets"), _text("act", 20), _text("actor_id", 80), _time("at"),
           sa.Column("data", sa.JSON(), nullable=False), sa.UniqueConstraint("number"), indexed=("sheet_id",))
    _extracts(meta)
    _table(meta, "sheet_shares", _key(), _id("sheet_id", "sheets"), _id("party_id", "parties"), _text("numerator"),
           _text("denominator"), _id("from_entry", "journal_entries"), _id("until_entry", "journal_entries", null=True),
           indexed=("sheet_id",))
    _table(meta, "annotations", _key(), _id("sheet_id", "sheets"), _text("kind", 20), _text("detail", 200),
           _id("from_entry", "journal_entries"), _id("until_entry", "journal_entries", null=True),
           sa.UniqueConstraint("sheet_id", "kind", "detail"), indexed=("sheet_id",))
    return meta


TIMES = ("from_entry", "until_entry", "origin_entry")


def _versioned():
    return (_text("valid_from", 10), _text("valid_to", 10, null=True), _id("from_entry", "journal_entries"),
            _id("until_entry", "journal_entries", null=True), _id("origin_entry", "journal_entries"))


def new_tables():
    meta = sa.MetaData(naming_convention=db.NAMING)
    sheets = _table(meta, "sheets", _key(), _text("parcel", 40), _text("section", 40), _text("cadastral_zone", 120),
                    sa.Column("zone_names", sa.JSON(), nullable=False), _text("folded"), _text("register", 20),
                    _text("evidence", 30), _text("status", 20), sa.Column("active", sa.Boolean(), nullable=False),
                    indexed=("parcel",))
    sa.Index("uq_sheets_active", sheets.c.cadastral_zone, sheets.c.parcel, sheets.c.section, unique=True,
             sqlite_where=sa.text("active"), postgresql_where=sa.text("active"))
    _table(meta, "parties", _key(), _text("kind", 20), _text("name_ar"), _text("name_en"), _text("folded"))
    identities = _table(meta, "party_identities",
                        sa.Column("party_id", sa.String(36), sa.ForeignKey("parties.id"), primary_key=True),
                        _text("kind", 20), _text("number", 40))
    sa.Index("uq_party_identities_number", identities.c.kind, identities.c.number, unique=True)
    _table(meta, "party_members", sa.Column("group_id", sa.String(36), sa.ForeignKey("parties.id"), primary_key=True),
           sa.Column("member_id", sa.String(36), sa.ForeignKey("parties.id"), primary_key=True),
           _text("numerator", null=True), _text("denominator", null=True))
    _table(meta, "sources", _key(), _text("kind", 30), _text("number", 80), _text("day", 10), _text("issuer", 200),
           _text("sha256", 64, null=True))
    _table(meta, "journal_entries", _key(), sa.Column("number", sa.BigInteger(), nullable=False),
           _id("sheet_id", "sheets", null=True), _id("party_id", "parties", null=True), _text("act", 30),
           _text("valid_on", 10), _id("source_id", "sources", null=True), _id("reverses", "journal_entries", null=True),
           _text("actor_id", 80), _time("at"), sa.Column("data", sa.JSON(), nullable=False),
           sa.UniqueConstraint("number"), sa.UniqueConstraint("reverses"), indexed=("sheet_id", "party_id"))
    _extracts(meta)
    _table(meta, "sheet_lineage", sa.Column("parent_id", sa.String(36), sa.ForeignKey("sheets.id"), primary_key=True),
           sa.Column("child_id", sa.String(36), sa.ForeignKey("sheets.id"), primary_key=True),
           _id("entry_id", "journal_entries"), indexed=("child_id",))
    _table(meta, "sheet_versions", _key(), _id("sheet_id", "sheets"), _text("tenure", 40), _text("area", 20),
           _text("state", 20), _text("description"), sa.Column("land_shares", sa.Integer()),
           sa.Column("common", sa.JSON(), nullable=False), *_versioned(), indexed=("sheet_id", *TIMES))
    _table(meta, "sheet_shares", _key(), _id("sheet_id", "sheets"), _id("party_id", "parties"), _text("numerator"),
           _text("denominator"), _id("basis_entry", "journal_entries"), *_versioned(),
           indexed=("sheet_id", "party_id", *TIMES))
    _table(meta, "annotations", _key(), _id("signal_id"), _id("sheet_id", "sheets", null=True),
           _id("party_id", "parties", null=True), _text("kind", 30), _text("detail", 200), _text("beneficiary", 200),
           sa.Column("piastres", sa.BigInteger()), _text("epoch", 10, null=True), sa.Column("rank", sa.Integer()),
           _text("expires", 10, null=True), _id("basis_entry", "journal_entries"), *_versioned(),
           indexed=("signal_id", "sheet_id", "party_id", *TIMES))
    return meta


def _exchange(before, after, convert):
    """Read every row, drop the tables, make the others and fill them."""
    bind = op.get_bind()
    rows = {name: [dict(row) for row in bind.execute(sa.select(table)).mappings()]
            for name, table in before.tables.items()}
    before.drop_all(bind)
    after.create_all(bind)
    for name, converted in convert(rows).items():
        if converted:
            bind.execute(after.tables[name].insert(), converted)


def _day(moment: datetime) -> str:
    return moment.astimezone(DAMASCUS).date().isoformat()


def _spans(row, entries, **kept):
    """A row with one time as rows with two: what was believed, and how it ended."""
    begun, ended = entries[row["from_entry"]], entries.get(row["until_entry"])
    base = {**kept, "basis_entry": begun["id"], "valid_from": begun["valid_on"], "valid_to": None,
            "from_entry": begun["id"], "until_entry": row["until_entry"], "origin_entry": begun["id"]}
    yield {**base, "id": row["id"]}
    if ended and base["valid_from"] < ended["valid_on"]:
        yield {**base, "id": db.new_id(), "valid_to": ended["valid_on"], "from_entry": ended["id"],
               "until_entry": None, "origin_entry": ended["id"]}


def _forward(rows):
    entries = {e["id"]: {**e, "party_id": None, "source_id": None, "reverses": None, "valid_on": _day(e["at"])}
               for e in rows["journal_entries"]}
    first = {}
    for entry in sorted(entries.values(), key=lambda e: e["number"]):
        first.setdefault(entry["sheet_id"], entry)
    sheets, versions = [], []
    for sheet in rows["sheets"]:
        kept = {key: sheet[key] for key in ("id", "parcel", "cadastral_zone", "zone_names", "register", "status")}
        sheets.append({**kept, "section": "", "folded": fold(" ".join(sheet["zone_names"].values())),
                       "evidence": "original", "active": True})
        entry = first[sheet["id"]]
        versions.append({"id": db.new_id(), "sheet_id": sheet["id"], "tenure": sheet["tenure"], "area": sheet["area"],
                         "state": "open", "description": "", "land_shares": None, "common": [],
                         "valid_from": entry["valid_on"], "valid_to": None, "from_entry": entry["id"],
                         "until_entry": None, "origin_entry": entry["id"]})
    return {
        "sheets": sheets,
        "parties": [{**p, "kind": "natural", "folded": f"{fold_name(p['name_ar'])} | {fold_name(p['name_en'])}"}
                    for p in rows["parties"]],
        "journal_entries": sorted(entries.values(), key=lambda e: e["number"]),
        "extracts": rows["extracts"],
        "sheet_versions": versions,
        "sheet_shares": [span for row in rows["sheet_shares"] for span in _spans(
            row, entries, **{key: row[key] for key in ("sheet_id", "party_id", "numerator", "denominator")})],
        "annotations": [span for row in rows["annotations"] for span in _spans(
            row, entries, signal_id=row["id"], party_id=None, beneficiary="", piastres=None, epoch=None, rank=None,
            expires=entries[row["from_entry"]]["data"].get("expires"),
            **{key: row[key] for key in ("sheet_id", "kind", "detail")})],
    }


def _standing(rows):
    """Rows as known now, each from the entry it rests on to the one that ended it."""
    for row in rows:
        if row["until_entry"] is None:
            yield {**row, "from_entry": row["basis_entry"],
                   "until_entry": row["from_entry"] if row["valid_to"] is not None else None}


def _backward(rows):
    versions = {v["sheet_id"]: v for v in rows["sheet_versions"] if v["until_entry"] is None and v["valid_to"] is None}
    sheets = [
        {**{key: sheet[key] for key in ("id", "parcel", "cadastral_zone", "zone_names", "register", "status")},
         "tenure": versions[sheet["id"]]["tenure"], "area": versions[sheet["id"]]["area"]}
        for sheet in rows["sheets"] if sheet["active"] and not sheet["section"]
    ]
    kept = {sheet["id"] for sheet in sheets}
    entries = [{key: e[key] for key in ("id", "number", "sheet_id", "actor_id", "at", "data")} | {"act": e["act"][:20]}
               for e in rows["journal_entries"] if e["sheet_id"] in kept]
    known = {e["id"] for e in entries}
    shares = [{key: row[key] for key in ("id", "sheet_id", "party_id", "numerator", "denominator", "from_entry", "until_entry")}
              for row in _standing(rows["sheet_shares"]) if row["sheet_id"] in kept and row["from_entry"] in known]
    marks = {}
    for row in _standing(rows["annotations"]):
        if row["sheet_id"] in kept and row["from_entry"] in known and row["party_id"] is None:
            short = {key: row[key] for key in ("id", "sheet_id", "detail", "from_entry", "until_entry")}
            marks[row["sheet_id"], row["kind"][:20], row["detail"]] = {**short, "kind": row["kind"][:20]}
    return {
        "sheets": sheets,
        "parties": [{key: p[key] for key in ("id", "name_ar", "name_en")} for p in rows["parties"]],
        "journal_entries": entries,
        "extracts": [row for row in rows["extracts"] if row["sheet_id"] in kept],
        "sheet_shares": shares,
        "annotations": list(marks.values()),
    }


def _case_tables() -> None:
    op.create_table(
        "case_applicants",
        sa.Column("case_id", sa.String(36), sa.ForeignKey("cases.id", name="fk_case_applicants_case_id_cases"), nullable=False),
        sa.Column("party_id", sa.String(36), sa.ForeignKey("parties.id", name="fk_case_applicants_party_id_parties"), nullable=False),
        _text("agent", 200), _text("power_of_attorney", 80), _text("expires", 10, null=True), _text("declared_by", 80),
        _time("at"), sa.PrimaryKeyConstraint("case_id", name="pk_case_applicants"),
    )
    op.create_table(
        "case_consents",
        sa.Column("case_id", sa.String(36), sa.ForeignKey("cases.id", name="fk_case_consents_case_id_cases"), nullable=False),
        sa.Column("party_id", sa.String(36), sa.ForeignKey("parties.id", name="fk_case_consents_party_id_parties"), nullable=False),
        _text("document", 80), _text("recorded_by", 80), _time("at"),
        sa.PrimaryKeyConstraint("case_id", "party_id", name="pk_case_consents"),
    )


def upgrade() -> None:
    allow_changes(op.get_bind(), "journal_entries")
    _exchange(old_tables(), new_tables(), _forward)
    _case_tables()
    for name in IMMUTABLE:
        forbid_changes(op.get_bind(), name)


def downgrade() -> None:
    for name in IMMUTABLE:
        allow_changes(op.get_bind(), name)
    op.drop_table("case_consents")
    op.drop_table("case_applicants")
    _exchange(new_tables(), old_tables(), _backward)
    forbid_changes(op.get_bind(), "journal_entries")
