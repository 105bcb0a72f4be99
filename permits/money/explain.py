"""How a fee was computed, in words and numbers for people."""

from permits.i18n import translate
from permits.money.assessment import Assessment, Line, plain
from permits.money.money import Money, format_amount


def explain(assessment: Assessment, language: str) -> str:
    """The whole computation as lines of text: every fee with its formula, numbers, sources and rounding."""
    arabic = language == "ar"
    act = assessment.act_ar if arabic else assessment.act_en
    head = [
        translate(language, "fee-act", act=act),
        translate(language, "fee-on", day=assessment.on.isoformat()),
        translate(language, "fee-tariff-hash", hash=assessment.tariff_sha256),
    ]
    body = [text for line in assessment.lines for text in _line(line, assessment, language)]
    total = format_amount(Money.of_piastres(assessment.total).amount, arabic=arabic)
    statuses = [translate(language, f"fee-status-{status}") for status in sorted(assessment.statuses)]
    tail = [
        translate(language, "fee-total", amount=total),
        translate(language, "fee-statuses", statuses=(" ، " if arabic else ", ").join(statuses)),
        translate(language, "fee-hash", hash=assessment.sha256),
    ]
    return "\n".join([*head, "", *body, "", *tail])


def _line(line: Line, assessment: Assessment, language: str) -> list[str]:
    arabic = language == "ar"
    name = line.ar if arabic else line.en
    amount = format_amount(Money.of_piastres(line.piastres).amount, arabic=arabic)
    currency = translate(language, f"fee-currency-{assessment.currency.name.lower()}")
    texts = [
        translate(language, "fee-line", name=name, code=line.code, amount=amount),
        translate(language, "fee-steps", formula=line.formula, steps=line.steps, exact=plain(line.exact),
                  currency=currency),
    ]  # fmt: skip
    if line.rounding:
        rounded, difference = plain(line.rounded), f"{line.rounding:+f}"
        texts.append(translate(language, "fee-rounding", rounded=rounded, difference=difference, currency=currency))
    texts += [
        translate(
            language, "fee-input", name=used.name, value=plain(used.value), unit=used.unit,
            source=translate(language, f"fee-source-{used.source}"), reference=used.reference,
            status=translate(language, f"fee-status-{used.status}"),
        )
        for used in line.inputs
    ]  # fmt: skip
    return [*texts, translate(language, "fee-clause", clause=line.clause)]
