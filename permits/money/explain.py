"""How a fee was computed, in words and numbers for people."""

from collections.abc import Iterator

from permits.i18n import translate
from permits.money.bands import BandUse
from permits.money.exact import plain
from permits.money.lines import Assessment, Line
from permits.money.money import format_piastres


def explain(assessment: Assessment, language: str) -> str:
    """The whole computation as lines of text: every fee with its formula, numbers, sources and rounding."""
    arabic = language == "ar"
    act = assessment.act_ar if arabic else assessment.act_en
    days = ((name, getattr(assessment, name)) for name in ("decided", "due", "paid"))
    head = [
        translate(language, "fee-act", act=act),
        translate(language, "fee-on", day=assessment.on.isoformat()),
        *(translate(language, f"fee-{name}", day=day.isoformat()) for name, day in days if day),
        translate(language, "fee-tariff-hash", hash=assessment.tariff_sha256),
    ]
    body = [text for line in assessment.lines for text in explain_line(line, assessment, language)]
    total = format_piastres(assessment.total, arabic=arabic)
    tail = [
        translate(language, "fee-total", amount=total),
        translate(language, "fee-statuses", statuses=shown_statuses(assessment.statuses, language)),
        translate(language, "fee-hash", hash=assessment.sha256),
    ]
    return "\n".join([*head, "", *body, "", *tail])


def shown_statuses(statuses: frozenset[str], language: str) -> str:
    """How sure the numbers are, in words."""
    told = [translate(language, f"fee-status-{status}") for status in sorted(statuses)]
    return (" ، " if language == "ar" else ", ").join(told)


_UNSAID = ("1", "date")
"""Units that say nothing beside their value."""


def explain_line(line: Line, assessment: Assessment, language: str) -> list[str]:
    """One line: its name and amount, then each step of how it came to be, indented."""
    arabic = language == "ar"
    name = line.ar if arabic else line.en
    amount = format_piastres(line.piastres, arabic=arabic)
    epoch = "new" if line.kind == "rounding" else assessment.currency.name.lower()
    currency = translate(language, f"fee-currency-{epoch}")
    texts = [
        translate(language, "fee-line", name=name, code=line.key, amount=amount),
        translate(language, "fee-steps", formula=line.formula, steps=line.steps, exact=plain(line.exact),
                  currency=currency),
        *(_band(use, language) for use in line.bands),
    ]  # fmt: skip
    if line.bounded is not None:
        texts.append(translate(language, f"fee-{line.limit}", amount=plain(line.bounded), currency=currency))
    if line.rounding:
        rounded, difference = plain(line.rounded), f"{line.rounding:+f}"
        texts.append(translate(language, "fee-rounding", rounded=rounded, difference=difference, currency=currency))
    return [*texts, *_grounds(line, language)]


def _band(use: BandUse, language: str) -> str:
    numbers = {"table": use.table, "at": plain(use.at), "value": plain(use.value)}
    if use.kind == "choice":
        return translate(language, "fee-band-choice", **numbers)
    numbers |= {"above": plain(use.above), "part": plain(use.part)}
    end = "open" if use.to is None else "to"
    return translate(language, f"fee-band-{use.kind}-{end}", **numbers, **({"to": plain(use.to)} if use.to else {}))


def _grounds(line: Line, language: str) -> Iterator[str]:
    """Where the numbers come from, and by what right."""
    for used in line.inputs:
        unit = "" if used.unit in _UNSAID else f" {used.unit}"
        source = " ".join(filter(None, (translate(language, f"fee-source-{used.source}"), used.reference)))
        yield translate(
            language, "fee-input", given=f"{used.name} = {plain(used.value)}{unit}", source=source,
            status=translate(language, f"fee-status-{used.status}"),
        )  # fmt: skip
    if line.evidence:
        yield translate(language, "fee-evidence", evidence=line.evidence)
    if line.refundable:
        yield translate(language, "fee-refundable")
    if line.clause:
        yield translate(
            language, "fee-clause", clause=line.clause_en if language == "en" and line.clause_en else line.clause
        )
