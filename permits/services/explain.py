"""How a service's fee was computed, in words and numbers for people."""

from permits.i18n import translate
from permits.money.explain import explain, explain_line
from permits.money.money import format_piastres
from permits.services.catalogue import find_service
from permits.services.fees import ServiceFee


def explain_service(fee: ServiceFee, language: str) -> str:
    """The whole computation as lines of text: each act's, then what is owed and what is paid in notes."""
    card = find_service(fee.service).card
    head = translate(language, "service-fee-of", name=card.ar if language == "ar" else card.en)
    acts = [explain(assessment, language) for assessment in fee.assessments]
    tail = [translate(language, "service-fee-total", amount=shown(fee.total, language))]
    if fee.rounding:
        tail += explain_line(fee.rounding, fee.assessments[-1], language)
        tail.append(translate(language, "service-fee-cash", amount=shown(fee.in_cash, language)))
    tail.append(translate(language, "service-fee-hash", hash=fee.sha256))
    return "\n\n".join([head, *acts, "\n".join(tail)])


def shown(piastres: int, language: str) -> str:
    """New pounds as people write them."""
    return format_piastres(piastres, arabic=language == "ar")
