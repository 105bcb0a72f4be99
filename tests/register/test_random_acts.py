"""Whatever is done to a sheet, it stays exactly one whole; and it is remembered as it was, and as it was known."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from permits.db import Database
from permits.errors import NotFound
from permits.register.acts import Act
from permits.register.acts.inheritance import Heir, parts_of
from permits.register.dealings import enter_inheritance, transfer
from permits.register.entering import reverse
from permits.register.marking import lift_signal, place_signal, signal_about
from permits.register.shares import require_whole
from permits.register.signals import SignalKind
from permits.register.tables import JournalEntry
from permits.register.verify import verify
from permits.register.versions import state_of
from tests.bench.register import run
from tests.conftest import AUDIT_KEY
from tests.register.offices import FIRST, deed, people, register
from tests.register.towns import act_on, new_sheet, tree

NAMES = ("ليلى", "كريم", "سمير", "رنا", "هالة")


@given(st.integers(0, 2**32), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_random_acts_keep_the_whole(seed: int, acts: int) -> None:
    draw = Random(seed)  # noqa: S311 - a town, not a secret
    state = new_sheet(draw)
    for _ in range(acts):
        state = act_on(state, draw)
        require_whole(state.holdings.values())


@given(st.integers(0, 2**32), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_a_tree_of_heirs_divides_exactly_the_estate(seed: int, depth: int) -> None:
    require_whole(parts_of(tree(Random(seed), depth)).values())  # noqa: S311 - a family, not a secret


@pytest.mark.slow
def test_many_acts_in_memory() -> None:
    run(30_000)


@dataclass(frozen=True)
class Known:
    """What the model believes since a moment: the sheet from each legal day on."""

    at: datetime
    days: tuple[tuple[date, dict[str, Fraction], frozenset[str]], ...]

    def on(self, day: date) -> tuple[dict[str, Fraction], frozenset[str]] | None:
        """The sheet at the end of a day, None before it was opened."""
        found = [(held, signals) for since, held, signals in self.days if since <= day]
        return found[-1] if found else None


class Register(RuleBasedStateMachine):
    """Acts entered on one sheet of a real database, beside a model that keeps every state by day and by moment."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._transaction = database.transaction()
        self.session = self._transaction.__enter__()
        self.who = people(self.session, *NAMES)
        self.held = {self.who["ليلى"]: Fraction(2, 3), self.who["كريم"]: Fraction(1, 3)}
        self.signals: frozenset[str] = frozenset()
        self.sheet = register(self.session, "4711", self.held)
        self.day = FIRST
        opened = self.session.query(JournalEntry).order_by(JournalEntry.number.desc()).first()
        assert opened is not None
        self.known = [Known(opened.at, ((FIRST, self.held, self.signals),))]
        self.stack: list[tuple[int, Known]] = []

    def teardown(self) -> None:
        try:
            assert verify(self.session).faults == ()
        finally:
            self.session.rollback()
            self.session.close()

    def _entered(self, entry: JournalEntry, held: dict[str, Fraction], signals: frozenset[str]) -> None:
        before = self.known[-1]
        self.held, self.signals = held, signals
        self.stack.append((entry.number, before))
        self.known.append(Known(entry.at, (*before.days, (self.day, held, signals))))

    @rule(
        seller=st.integers(0, 9),
        buyer=st.sampled_from(NAMES),
        part=st.fractions(0, 1, max_denominator=9),
        later=st.integers(0, 9),
    )
    def sell(self, seller: int, buyer: str, part: Fraction, later: int) -> None:
        owner = list(self.held)[seller % len(self.held)]
        share = self.held[owner] * (part or Fraction(1))
        if self.who[buyer] == owner:
            return
        self.day += timedelta(days=later)
        entry = transfer(
            self.session, deed=deed(on=self.day), act=Act.GIFT, sheet_id=self.sheet.id, taken={owner: share},
            given={self.who[buyer]: share},
        )  # fmt: skip
        held = dict(self.held)
        held[owner] -= share
        held[self.who[buyer]] = held.get(self.who[buyer], Fraction(0)) + share
        self._entered(entry, {party: left for party, left in held.items() if left}, self.signals)

    @rule(dead=st.integers(0, 9), weights=st.lists(st.integers(1, 7), min_size=1, max_size=3), later=st.integers(0, 9))
    def inherit(self, dead: int, weights: list[int], later: int) -> None:
        owner = list(self.held)[dead % len(self.held)]
        names = [name for name in NAMES if self.who[name] != owner][: len(weights)]
        heirs = tuple(
            Heir(self.who[name], Fraction(weight, sum(weights))) for name, weight in zip(names, weights, strict=True)
        )
        self.day += timedelta(days=later)
        entry = enter_inheritance(
            self.session, deed=deed(on=self.day), sheet_id=self.sheet.id, deceased=owner, heirs=heirs
        )  # fmt: skip
        held = dict(self.held)
        estate = held.pop(owner)
        for heir in heirs:
            held[heir.party] = held.get(heir.party, Fraction(0)) + estate * heir.part
        self._entered(entry, held, self.signals)

    @rule(later=st.integers(0, 9))
    def signal(self, later: int) -> None:
        self.day += timedelta(days=later)
        mark = signal_about(SignalKind.LAWSUIT, f"أساس {len(self.known)}")
        entry = place_signal(self.session, deed=deed(on=self.day), sheet_id=self.sheet.id, signal=mark)
        self._entered(entry, self.held, self.signals | {mark.id})

    @precondition(lambda self: self.signals)
    @rule()
    def lift(self) -> None:
        gone = min(self.signals)
        entry = lift_signal(self.session, deed=deed(on=self.day), sheet_id=self.sheet.id, signal_id=gone)
        self._entered(entry, self.held, self.signals - {gone})

    @precondition(lambda self: self.stack)
    @rule()
    def undo(self) -> None:
        number, before = self.stack.pop()
        entry = reverse(self.session, deed=deed(), number=number, reason="خطأ")
        self.known.append(Known(entry.at, before.days))
        self.day, self.held, self.signals = before.days[-1]

    @rule(ago=st.integers(0, 20), moment=st.integers(0, 30))
    def ask(self, ago: int, moment: int) -> None:
        day = self.day - timedelta(days=ago)
        at = self.known[moment % len(self.known)].at
        known = [one for one in self.known if one.at <= at][-1]
        expected = known.on(day)
        if expected is None:
            with pytest.raises(NotFound):
                state_of(self.session, self.sheet, on=day, known=at)
            return
        found = state_of(self.session, self.sheet, on=day, known=at)
        assert (dict(found.holdings), frozenset(mark.id for mark in found.signals)) == expected

    @invariant()
    def now(self) -> None:
        found = state_of(self.session, self.sheet)
        assert (dict(found.holdings), frozenset(mark.id for mark in found.signals)) == (self.held, self.signals)
        require_whole(found.holdings.values())


@pytest.fixture
def embedded(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database of its own: the machine rolls back after every run."""
    shutil.copy(sqlite_template, tmp_path / "rukhsa.db")
    database = Database(f"sqlite:///{tmp_path / 'rukhsa.db'}", AUDIT_KEY)
    yield database
    database.close()


@pytest.mark.slow
def test_the_register_remembers_as_the_model_does(embedded: Database) -> None:
    quick = settings(max_examples=12, stateful_step_count=12, deadline=None)
    run_state_machine_as_test(lambda: Register(embedded), settings=quick)


@pytest.mark.slow
def test_the_register_remembers_for_long(embedded: Database) -> None:
    long = settings(max_examples=60, stateful_step_count=40, deadline=None)
    run_state_machine_as_test(lambda: Register(embedded), settings=long)
