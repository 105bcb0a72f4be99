"""Random acts on sheets in memory: what a year of deeds does, drawn from one seed."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from permits.register.acts import parcels, transfers
from permits.register.acts.inheritance import Heir, inherit
from permits.register.acts.parcels import Piece
from permits.register.state import SheetState

PEOPLE = 400
MOST_OWNERS = 40
STATE = "state"
PARTS = (1, 1, 2, 3, 7)
"""Weights of heirs and buyers; their sums give sevenths, elevenths and the like."""


def new_sheet(draw: Random) -> SheetState:
    """A parcel of one owner."""
    return SheetState(tenure="ملك", area=Decimal(600), holdings={_person(draw): Fraction(1)})


def act_on(state: SheetState, draw: Random) -> SheetState:
    """One random act; a sheet of too many owners is bought up by one of them."""
    if len(state.holdings) > MOST_OWNERS:
        buyer = draw.choice(list(state.holdings))
        return transfers.transfer(state, taken=dict(state.holdings), given={buyer: Fraction(1)})
    return draw.choice((_inheritance, _inheritance, _sale, _gift, _sale, _expropriation, _pieces))(state, draw)


def _person(draw: Random) -> str:
    return f"p{draw.randrange(PEOPLE)}"


def _owner(state: SheetState, draw: Random) -> str:
    return draw.choice(list(state.holdings))


def tree(draw: Random, depth: int) -> tuple[Heir, ...]:
    """Heirs with the fractions of a deed; some have died and have heirs in turn."""
    weights = [draw.choice(PARTS) for _ in range(draw.randint(1, 4))]
    below = [tree(draw, depth - 1) if draw.random() < 0.3 * depth else () for _ in weights]
    parts = [Fraction(weight, sum(weights)) for weight in weights]
    return tuple(Heir(_person(draw), part, heirs) for part, heirs in zip(parts, below, strict=True))


def _inheritance(state: SheetState, draw: Random) -> SheetState:
    return inherit(state, deceased=_owner(state, draw), heirs=tree(draw, 2))


def _sale(state: SheetState, draw: Random) -> SheetState:
    """From some to some, a part of each share."""
    sellers = draw.sample(list(state.holdings), draw.randint(1, min(3, len(state.holdings))))
    taken = {seller: state.share_of(seller) * Fraction(1, draw.randint(1, 4)) for seller in sellers}
    weights = {_person(draw): draw.choice(PARTS) for _ in range(draw.randint(1, 3))}
    total = sum(taken.values(), Fraction(0))
    given = {buyer: total * weight / sum(weights.values()) for buyer, weight in weights.items()}
    return transfers.transfer(state, taken=taken, given=given)


def _gift(state: SheetState, draw: Random) -> SheetState:
    giver = _owner(state, draw)
    share = state.share_of(giver)
    return transfers.transfer(state, taken={giver: share}, given={_person(draw): share})


def _expropriation(state: SheetState, draw: Random) -> SheetState:
    if set(state.holdings) == {STATE}:
        return _gift(state, draw)
    return transfers.expropriate(state, authority=STATE, part=Fraction(1, draw.randint(2, 9)))


def _pieces(state: SheetState, draw: Random) -> SheetState:
    """Split, and merge again with other weights."""
    cut = Decimal(draw.randint(1, 599))
    _, children = parcels.split(state, [Piece("a", cut), Piece("b", state.area - cut)])
    changed = [act_on_shares(child, draw) for child in children]
    return replace(parcels.merge(changed)[0], area=state.area)


def act_on_shares(state: SheetState, draw: Random) -> SheetState:
    """A sale or a gift."""
    return draw.choice((_sale, _gift))(state, draw)
