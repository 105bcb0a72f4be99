"""What is added to the fees of an act or taken off them: each is a line of its own, worked out by a formula.

fees -> surcharges -> exemptions -> penalties of lateness -> amnesties -> rounding to a note
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal, Inexact
from fractions import Fraction
from functools import reduce

from permits.i18n import translate
from permits.money.act import Amnesty, Beneficiary, Exemption, Penalty, Surcharge
from permits.money.charges import parts_of, piastres_of
from permits.money.evaluation import evaluate, months_between, substituted
from permits.money.exact import EXACT, plain, rounded
from permits.money.expression import parse
from permits.money.lines import AssessmentError, Input, Line, Part
from permits.money.money import Money, round_to_note, split
from permits.money.tariff import Tariff

_SURCHARGE = "rate * base"
_EXEMPTION = "0 - min(part * fee, left)"
_PENALTY = "min(rate * periods, cap) * principal"
_AMNESTY = "0 - min(part * penalty, max(penalty - settled, 0))"

_SURENESS = ("confirmed", "provisional", "fictitious")


@dataclass(frozen=True)
class When:
    """The other days of a computation: of the decision, when it was due, when it is paid.

    `in_full` says that the whole principal is paid on that day; `settled` what of a penalty was paid before, in the
    act's currency by the key of its line (PENALTY/FEE).
    """

    decided: date | None = None
    due: date | None = None
    paid: date | None = None
    in_full: bool = True
    settled: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """The smallest note, in new pounds, to which a sum paid in cash is rounded."""

    value: Decimal
    status: str


@dataclass
class _Owed:
    """What is still owed on a line, in the act's currency, and among whom it is split."""

    line: Line
    split: tuple[Beneficiary, ...]
    step: Decimal
    left: Decimal


class Account:
    """The lines of one act as they grow."""

    def __init__(self, tariff: Tariff, fees: tuple[Line, ...]) -> None:
        items = {item.code: item for item in tariff.items}
        self.tariff = tariff
        self.owed = [_Owed(f, items[f.code].split, items[f.code].round_to, f.rounded) for f in fees]
        self.lines = list(fees)

    def surcharge(self, on: date) -> None:
        """Add what the act puts on top of its fees."""
        fees = list(self.owed)
        for extra in self.tariff.surcharges:
            base = [owed for owed in fees if extra.covers(owed.line.code)]
            if base and extra.in_force(on):
                given = [
                    self._number("rate", extra.rate, extra),
                    self._sum("base", reduce(EXACT.add, (owed.left for owed in base)), [owed.line for owed in base]),
                ]
                line = self._line(extra, "surcharge", _SURCHARGE, given, extra.round_to)
                line = replace(line, parts=parts_of(extra.split, line.piastres))
                self.owed.append(_Owed(line, extra.split, extra.round_to, line.rounded))
                self.lines.append(line)

    def exempt(self, claims: Mapping[str, str], on: date) -> None:
        """Take off what is claimed with its evidence; raises AssessmentError for a claim that cannot be granted."""
        for code, evidence in claims.items():
            self._check(code, evidence, on)
        for granted in self.tariff.exemptions:
            if granted.code in claims and granted.in_force(on):
                for owed in self.owed:
                    if granted.covers(owed.line.code) and owed.left:
                        self._relieve(granted, owed, claims[granted.code].strip())

    def _check(self, code: str, evidence: str, on: date) -> None:
        versions = [exemption for exemption in self.tariff.exemptions if exemption.code == code]
        if not versions:
            raise AssessmentError("exemption_unknown", code)
        if not evidence.strip():
            raise AssessmentError("evidence", code)
        in_force = [exemption for exemption in versions if exemption.in_force(on)]
        if not in_force:
            raise AssessmentError("exemption_not_in_force", code)
        if not any(in_force[0].covers(owed.line.code) for owed in self.owed):
            raise AssessmentError("exemption_idle", code)

    def _relieve(self, granted: Exemption, owed: _Owed, evidence: str) -> None:
        given = [
            self._number("part", granted.part, granted),
            self._sum("fee", owed.line.rounded, [owed.line]),
            self._sum("left", owed.left, [owed.line]),
        ]
        line = self._line(granted, "exemption", _EXEMPTION, given, owed.step, of=owed.line.code, most=owed.left)
        self._take(owed, replace(line, evidence=evidence))

    def _take(self, owed: _Owed, line: Line) -> None:
        """A negative line takes from each beneficiary what he gets less: in full exactly what he got."""
        before = piastres_of(owed.left, self.tariff.currency, line.code)
        shares = [beneficiary.share for beneficiary in owed.split]
        taken = zip(owed.split, split(before + line.piastres, shares), split(before, shares), strict=True)
        parts = tuple(Part(beneficiary.to, after - ahead) for beneficiary, after, ahead in taken)
        owed.left = EXACT.add(owed.left, line.rounded)
        self.lines.append(replace(line, parts=parts))

    def penalize(self, due: date, paid: date) -> list[_Owed]:
        """Add what lateness costs on the day of payment."""
        late = []
        for penalty in self.tariff.penalties:
            start = due + timedelta(penalty.after_days)
            if paid <= start or not penalty.in_force(paid):
                continue
            for owed in [one for one in self.owed if penalty.covers(one.line.code) and one.left]:
                line = self._late(penalty, owed, periods_between(penalty, start, paid))
                late.append(_Owed(line, penalty.split, penalty.round_to, line.rounded))
                self.lines.append(line)
        return late

    def _late(self, penalty: Penalty, owed: _Owed, periods: int) -> Line:
        given = [
            self._number("rate", penalty.rate, penalty),
            Input("periods", Decimal(periods), penalty.per, "computed", owed.line.code, str(penalty.status)),
            self._number("cap", penalty.cap, penalty),
            self._sum("principal", owed.left, [owed.line]),
        ]
        line = self._line(penalty, "penalty", _PENALTY, given, penalty.round_to, of=owed.line.code)
        return replace(line, parts=parts_of(penalty.split, line.piastres))

    def forgive(self, late: list[_Owed], when: When, paid: date) -> None:
        """Take off the penalties that an amnesty forgives; what was already paid is not returned."""
        for amnesty in self.tariff.amnesties:
            if when.in_full and amnesty.in_force(paid):
                for owed in late:
                    if amnesty.covers(owed.line.code) and owed.left:
                        self._forgive(amnesty, owed, when.settled.get(owed.line.key, Decimal(0)))

    def _forgive(self, amnesty: Amnesty, owed: _Owed, settled: Decimal) -> None:
        given = [
            self._number("part", amnesty.part, amnesty),
            self._sum("penalty", owed.left, [owed.line]),
            self._sum("settled", settled, [owed.line]),
        ]
        line = self._line(amnesty, "amnesty", _AMNESTY, given, owed.step, of=owed.line.key, most=owed.left)
        if line.rounded:
            self._take(owed, line)

    def _number(self, name: str, value: Decimal, provision: Surcharge | Exemption | Penalty | Amnesty) -> Input:
        return Input(name, _plainly(value), "1", "tariff", self.tariff.act.id, str(provision.status))

    def _sum(self, name: str, value: Decimal, lines: Sequence[Line]) -> Input:
        """An amount of lines above, no surer than the least sure of them."""
        keys, status = ", ".join(line.key for line in lines), max((line.status for line in lines), key=_SURENESS.index)
        return Input(name, _plainly(value), self.tariff.currency, "computed", keys, status)

    def _line(
        self, by: Surcharge | Exemption | Penalty | Amnesty, kind: str, formula: str, given: list[Input],
        step: Decimal, *, of: str = "", most: Decimal | None = None,
    ) -> Line:  # fmt: skip
        """A line by a formula, without its parts; one that takes off does not take more than `most`."""
        used = tuple(sorted(given, key=lambda one: one.name))
        values = {one.name: one.value for one in used}
        tree = parse(formula)
        try:
            exact = evaluate(tree, values)
        except Inexact as error:
            raise AssessmentError("range", by.code) from error
        amount = rounded(exact, step)
        if most is not None:
            amount = max(amount, most.copy_negate())
        return Line(
            code=by.code, ar=by.ar, en=by.en, formula=formula, inputs=used, steps=substituted(tree, values),
            exact=exact, rounded=amount, rounding=EXACT.subtract(amount, exact),
            piastres=piastres_of(amount, self.tariff.currency, by.code),
            clause=by.clause.ar, clause_en=by.clause.en, status=str(by.status),
            parts=(), kind=kind, of=of,
        )  # fmt: skip


def _plainly(value: Decimal) -> Decimal:
    return Decimal(plain(value))


def periods_between(penalty: Penalty, start: date, paid: date) -> int:
    """The days, or the months that have begun, from the first day of lateness to the payment."""
    return (paid - start).days if penalty.per == "day" else months_between(start, paid, begun=True)


def cash_rounding(total: int, note: Note) -> Line | None:
    """The visible difference (فرق تدوير) between what is owed and what is paid in notes; None where there is none."""
    rounding = round_to_note(Money.of_piastres(total), note.value)
    difference = rounding.difference
    if not difference.amount:
        return None
    exact = Money.of_piastres(total).amount
    given = (
        Input("note", note.value, "SYP", "terms", "", note.status),
        Input("total", _plainly(exact), "SYP", "computed", "", note.status),
    )
    quotient = rounded(Fraction(exact) / Fraction(note.value), Decimal(1))
    return Line(
        code="CASH.ROUNDING", ar=translate("ar", "fee-cash-rounding"), en=translate("en", "fee-cash-rounding"),
        formula="divide(total, note, 1) * note - total", inputs=given,
        steps=f"{quotient:f} * {plain(note.value)} - {plain(exact)}", exact=difference.amount,
        rounded=difference.amount, rounding=Decimal(0), piastres=difference.piastres, clause="", status=note.status,
        parts=(Part("rounding", difference.piastres),), kind="rounding",
    )  # fmt: skip
