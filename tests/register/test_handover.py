"""The register handed over: signed, the same bytes for the same moment, and every alteration found."""

import json
import zipfile
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session

from permits.db import utcnow
from permits.documents.token import cose_keys, new_key, public_set
from permits.errors import Invalid, NotFound
from permits.register.acts import Act
from permits.register.dealings import transfer
from permits.register.handover import Packed, Scope, pack
from permits.register.marking import place_signal, signal_about
from permits.register.opening import transfer_to_permanent
from permits.register.package import PackageFault, verify_package
from permits.register.signals import SignalKind
from permits.register.tables import Sheet
from tests.register.offices import REGISTRAR, deed, people, register

KEY = new_key("k-a")
KEYS = cose_keys(public_set([KEY]))


def hand_over(session: Session, out: Path, **changed: object) -> Packed:
    return pack(session, actor=REGISTRAR, out=out, office="DM-01", key=KEY, **changed)  # type: ignore[arg-type] # forwarded


def lines(path: Path, member: str) -> list[dict[str, object]]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(member).splitlines()]


@pytest.fixture
def filled(passing: Session) -> tuple[Session, Sheet]:
    """A sheet with sevenths and a lawsuit, and one carried to the permanent register."""
    who = people(passing, "ليلى", "كريم", "رنا")
    sheet = register(passing, "1", {who["ليلى"]: Fraction(1, 7), who["كريم"]: Fraction(6, 7)})
    about = signal_about(SignalKind.LAWSUIT, "دعوى 3")
    place_signal(passing, deed=deed(), sheet_id=sheet.id, signal=about)
    moved = register(passing, "2", {who["رنا"]: Fraction(1)})
    transfer_to_permanent(passing, deed=deed(), sheet_id=moved.id)
    return passing, sheet


def test_a_package_says_what_the_register_holds(filled: tuple[Session, Sheet], tmp_path: Path) -> None:
    session, sheet = filled
    out = tmp_path / "all.zip"
    packed = hand_over(session, out)
    assert dict(packed.counts) == {
        "sheets.jsonl": 3, "shares.jsonl": 4, "signals.jsonl": 1, "parties.jsonl": 3, "journal.jsonl": 4,
        "lineage.jsonl": 1,
    }  # fmt: skip
    shares = {(row["numerator"], row["denominator"]) for row in lines(out, "shares.jsonl") if row["sheet"] == sheet.id}
    assert shares == {("1", "7"), ("6", "7")}
    assert [row["number"] for row in lines(out, "journal.jsonl")] == [1, 2, 3, 4]
    verdict = verify_package(out, KEYS)
    assert (verdict.faults, verdict.kid) == ((), "k-a")
    assert verdict.manifest is not None
    assert verdict.manifest["entry"] == 4


def test_the_same_moment_gives_the_same_bytes(filled: tuple[Session, Sheet], tmp_path: Path) -> None:
    session, sheet = filled
    first = hand_over(session, tmp_path / "a.zip")
    ids = people(session, "نور")
    karim = next(row["party"] for row in lines(tmp_path / "a.zip", "shares.jsonl") if row["numerator"] == "6")
    transfer(
        session, deed=deed("9"), act=Act.SALE, sheet_id=sheet.id, taken={str(karim): Fraction(1, 7)},
        given={ids["نور"]: Fraction(1, 7)},
    )  # fmt: skip
    hand_over(session, tmp_path / "b.zip", known=first.moment)
    later = hand_over(session, tmp_path / "c.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert later.entry == first.entry + 1
    assert (tmp_path / "c.zip").read_bytes() != (tmp_path / "a.zip").read_bytes()
    with pytest.raises(Invalid, match="register-moment-to-come"):
        hand_over(session, tmp_path / "d.zip", known=utcnow() + timedelta(hours=1))


def test_a_part_of_the_register(filled: tuple[Session, Sheet], tmp_path: Path) -> None:
    session, _ = filled
    moved = hand_over(session, tmp_path / "moved.zip", scope=Scope(transferred=True))
    assert [moved.counts[f"{name}.jsonl"] for name in ("sheets", "parties", "journal", "signals")] == [2, 1, 2, 0]
    zone = hand_over(session, tmp_path / "zone.zip", scope=Scope(zone="المزه بساتين"))
    assert zone.counts["sheets.jsonl"] == 3
    with pytest.raises(NotFound, match="register-scope-empty"):
        hand_over(session, tmp_path / "none.zip", scope=Scope(zone="لا منطقة"))


def test_members_added_left_out_or_changed_are_found(filled: tuple[Session, Sheet], tmp_path: Path) -> None:
    session, _ = filled
    out = tmp_path / "all.zip"
    hand_over(session, out)
    with zipfile.ZipFile(out) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = members["manifest.json"]

    def faults(changed: dict[str, bytes]) -> set[PackageFault]:
        path = tmp_path / "changed.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in changed.items():
                archive.writestr(name, content)
        return set(verify_package(path, KEYS).faults)

    assert faults(members) == set()
    assert faults(members | {"more.txt": b""}) == {PackageFault("member-extra", "more.txt")}
    less = {name: content for name, content in members.items() if name != "shares.jsonl"}
    assert faults(less) == {PackageFault("member-missing", "shares.jsonl")}
    swapped = members["shares.jsonl"].replace(b'"1"', b'"2"')
    assert faults(members | {"shares.jsonl": swapped}) == {PackageFault("member-changed", "shares.jsonl")}
    assert faults(members | {"manifest.json": manifest.replace(b"DM-01", b"DM-02")}) == {
        PackageFault("bad-signature", "manifest.json")
    }
    other = cose_keys(public_set([new_key("k-a")]))
    assert verify_package(out, other).faults == (PackageFault("bad-signature", "manifest.cose"),)
    assert verify_package(out, {}).faults == (PackageFault("unknown-key", "manifest.cose"),)


def test_an_altered_byte_is_found_or_alters_nothing(filled: tuple[Session, Sheet], tmp_path: Path) -> None:
    session, _ = filled
    out, changed = tmp_path / "all.zip", tmp_path / "changed.zip"
    hand_over(session, out)
    content = out.read_bytes()
    with zipfile.ZipFile(out) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    draw = Random(7)  # noqa: S311 - places to alter, no secret
    unnoticed = 0
    for _ in range(400):
        at = draw.randrange(len(content))
        changed.write_bytes(content[:at] + bytes([content[at] ^ (1 << draw.randrange(8))]) + content[at + 1 :])
        if not verify_package(changed, KEYS).faults:
            unnoticed += 1
            with zipfile.ZipFile(changed) as archive:
                assert {name: archive.read(name) for name in archive.namelist()} == members
    assert unnoticed < 60  # bytes of the archive's own bookkeeping, such as its dates
    for end in (0, 10, len(content) // 2, len(content) - 1):
        changed.write_bytes(content[:end])
        assert verify_package(changed, KEYS).faults == (PackageFault("unreadable"),)
