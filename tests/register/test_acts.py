"""The acts by literals: what a deed says, what the sheet then holds."""

from decimal import Decimal
from fractions import Fraction

import pytest

from permits.errors import Conflict, Invalid
from permits.register.acts import marks, parcels, strata, transfers
from permits.register.acts.inheritance import Heir, inherit
from permits.register.acts.parcels import Piece
from permits.register.acts.strata import Section
from permits.register.acts.transfers import Correction
from permits.register.state import SheetState, SheetStatus, Signal

F = Fraction
HALVES = {"layla": F(1, 2), "karim": F(1, 2)}
SHEET = SheetState(tenure="ملك", area=Decimal("600.00"), holdings=HALVES)


def held(state: SheetState) -> dict[str, str]:
    return {party: str(share) for party, share in state.holdings.items()}


def test_a_part_of_a_share_is_sold() -> None:
    sold = transfers.transfer(SHEET, taken={"layla": F(1, 7)}, given={"samir": F(1, 7)})
    assert held(sold) == {"layla": "5/14", "karim": "1/2", "samir": "1/7"}


def test_from_many_to_many_and_who_sells_all_is_no_owner() -> None:
    taken, given = {"layla": F(1, 2), "karim": F(1, 4)}, {"samir": F(2, 4), "karim": F(1, 8), "rana": F(1, 8)}
    assert held(transfers.transfer(SHEET, taken=taken, given=given)) == {"karim": "3/8", "samir": "1/2", "rana": "1/8"}


@pytest.mark.parametrize(
    ("taken", "given", "code"),
    [
        ({"layla": F(2, 3)}, {"samir": F(2, 3)}, "share-not-held"),
        ({"nobody": F(1, 3)}, {"samir": F(1, 3)}, "share-not-held"),
        ({"layla": F(1, 3)}, {"samir": F(1, 4)}, "shares-unequal"),
        ({"layla": F(0)}, {"samir": F(0)}, "share-not-positive"),
        ({"layla": F(1, 3)}, {"samir": F(2, 3), "karim": F(-1, 3)}, "share-not-positive"),
        ({}, {}, "share-not-positive"),
    ],
)
def test_what_is_not_held_is_not_given(taken: dict[str, F], given: dict[str, F], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        transfers.transfer(SHEET, taken=taken, given=given)


def test_heirs_of_heirs_get_shares_of_shares() -> None:
    """The deed gives a wife 1/8 and the sons the rest; one son died, his part is 1/6 and 5/6."""
    grandchildren = (Heir("mother", F(1, 6)), Heir("grandson", F(5, 6)))
    heirs = (Heir("mother", F(1, 8)), Heir("son", F(7, 16)), Heir("dead-son", F(7, 16), grandchildren))
    after = inherit(SHEET, deceased="layla", heirs=heirs)
    assert held(after) == {"karim": "1/2", "mother": "19/192", "son": "7/32", "grandson": "35/192"}


@pytest.mark.parametrize("parts", [["1/2", "1/3"], ["1/2", "2/3"], ["3/2", "-1/2"], []])
def test_a_deed_that_divides_no_whole_is_refused(parts: list[str]) -> None:
    with pytest.raises(Invalid, match="heirs-not-whole"):
        inherit(SHEET, deceased="layla", heirs=tuple(Heir(f"heir {i}", F(part)) for i, part in enumerate(parts)))


def test_only_an_owner_leaves_something() -> None:
    with pytest.raises(Invalid, match="share-not-held"):
        inherit(SHEET, deceased="samir", heirs=(Heir("son", F(1)),))


def test_expropriation_takes_the_same_part_of_everybody() -> None:
    after = transfers.expropriate(SHEET, authority="city", part=F(2, 5))
    assert held(after) == {"layla": "3/10", "karim": "3/10", "city": "2/5"}
    assert held(transfers.expropriate(after, authority="city")) == {"city": "1"}


def test_a_correction_sets_fields_and_shares() -> None:
    change = Correction(area=Decimal("612.40"), holdings={"layla": F(1)})
    after = transfers.correct(SHEET, change)
    assert (after.area, after.tenure, held(after)) == (Decimal("612.40"), "ملك", {"layla": "1"})
    with pytest.raises(Invalid, match="sheet-not-whole"):
        transfers.correct(SHEET, Correction(holdings={"layla": F(1, 2)}))


def test_a_split_carries_owners_and_signals_and_the_areas_are_the_area() -> None:
    signalled = marks.place(SHEET, Signal("1", "lawsuit", "دعوى 5"))
    closed, (first, second) = parcels.split(
        signalled, [Piece("1", Decimal("200.00"), {"layla": F(1)}), Piece("2", Decimal("400.00"))]
    )
    assert closed.status is SheetStatus.CLOSED
    assert (held(first), held(second)) == ({"layla": "1"}, {"layla": "1/2", "karim": "1/2"})
    assert first.signals == second.signals == signalled.signals
    with pytest.raises(Invalid, match="areas-unequal"):
        parcels.split(SHEET, [Piece("1", Decimal("200.00")), Piece("2", Decimal("399.99"))])
    with pytest.raises(Conflict, match="sheet-not-open"):
        parcels.split(closed, [Piece("1", Decimal("200.00")), Piece("2", Decimal("400.00"))])


def test_a_merge_weighs_owners_by_area_or_by_the_deed() -> None:
    other = SheetState(tenure="ملك", area=Decimal("200.00"), holdings={"layla": F(1)})
    merged, *closed = parcels.merge([SHEET, other])
    assert (merged.area, held(merged)) == (Decimal("800.00"), {"layla": "5/8", "karim": "3/8"})
    assert {state.status for state in closed} == {SheetStatus.CLOSED}
    by_deed = parcels.merge([SHEET, other], [F(1, 3), F(2, 3)])[0]
    assert held(by_deed) == {"layla": "5/6", "karim": "1/6"}
    with pytest.raises(Invalid, match="weights-not-whole"):
        parcels.merge([SHEET, other], [F(1, 3), F(1, 3)])
    with pytest.raises(Invalid, match="parcels-do-not-merge"):
        parcels.merge([SHEET, SheetState(tenure="أميري", area=Decimal(1), holdings={"layla": F(1)})])


def test_a_division_by_floors_is_exactly_2400() -> None:
    sections = [Section("1", "dwelling", Decimal("110.20"), 1300), Section("2", "shop", Decimal("80.00"), 1100)]
    after, opened = strata.divide(SHEET, sections, ("stair",))
    assert (after.status, after.common) == (SheetStatus.DIVIDED, ("stair",))
    assert [(s.land_shares, s.area, held(s)) for s in opened] == [
        (1300, Decimal("110.20"), held(SHEET)), (1100, Decimal("80.00"), held(SHEET)),
    ]  # fmt: skip
    for shares in (1099, 1101):
        with pytest.raises(Invalid, match="land-shares-not-whole"):
            strata.divide(SHEET, [sections[0], Section("2", "shop", Decimal(80), shares)])
    with pytest.raises(Invalid, match="section-twice"):
        strata.divide(SHEET, [sections[0], Section("1", "shop", Decimal(80), 1100)])


def test_mortgages_have_amounts_and_ranks() -> None:
    first = marks.place(SHEET, Signal("a", "mortgage", "عقد 1", piastres=500, epoch="SYP"))
    second = marks.place(first, Signal("b", "mortgage", "عقد 2", party="layla", piastres=700, epoch="SYP-old"))
    assert [signal.rank for signal in second.signals] == [1, 2]
    with pytest.raises(Conflict, match="rank-taken"):
        marks.place(second, Signal("c", "mortgage", "عقد 3", piastres=1, epoch="SYP", rank=2))
    with pytest.raises(Invalid, match="mortgage-amount-needed"):
        marks.place(SHEET, Signal("c", "mortgage", "عقد 3"))
    released = marks.lift(second, "a")
    assert [(signal.id, signal.rank) for signal in released.signals] == [("b", 2)]
    with pytest.raises(Invalid, match="signal-unknown"):
        marks.lift(released, "a")
    with pytest.raises(Invalid, match="not-an-owner"):
        marks.place(SHEET, Signal("d", "attachment", "حجز", party="samir"))
