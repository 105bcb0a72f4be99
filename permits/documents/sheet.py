"""What every printed document has in common: its page data, made from facts and the texts of one language."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from permits.db import canonical
from permits.documents.render import qr_svg
from permits.i18n import LOCALE, translate
from permits.money.money import Money, format_amount
from permits.register.shares import over_2400

Row = tuple[str, str, bool]
"""Label key, value, and whether the value is a code that stays left to right."""

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True)
class Office:
    """Who issues: the authority and its office, as printed in the header."""

    authority: str
    office: str


def canonical_facts(facts: Any) -> bytes:
    """The facts of a document as bytes; its fingerprint is their SHA-256, and they are embedded in the PDF."""
    return canonical(_plain(asdict(facts))).encode()


def fingerprint(facts: Any) -> str:
    """SHA-256 of the facts, in hexadecimal."""
    return hashlib.sha256(canonical_facts(facts)).hexdigest()


def _plain(value: Any) -> Any:
    """Only texts, integers, booleans, lists and maps: what the canonical form allows."""
    match value:
        case bool() | int() | str() | None:
            return value
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return str(value)


def banner(statuses: Iterable[str], language: str) -> str | None:
    """The warning over a document whose numbers are not confirmed, the weakest status first."""
    found = set(statuses)
    for status in ("fictitious", "provisional"):
        if status in found:
            return translate(language, f"document-banner-{status}")
    return None


def page(
    facts: Any, *, kind: str, language: str, office: Office, number: str, on: date, qr: str | None,
    statuses: Iterable[str], sections: Mapping[str, Any], notes: Iterable[str] = (), subtitle: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The data of a template; `sections` are the tables and rows that this kind of document shows."""
    return {
        **sections,
        "lang": language,
        "labels": labels(language),
        "title": translate(language, f"document-title-{kind}"),
        "subtitle": subtitle,
        "state": translate(language, "document-state"),
        "authority": office.authority,
        "office": office.office,
        "number": number,
        "date": shown_date(on, language),
        "banner": banner(statuses, language),
        "digest": fingerprint(facts),
        "qr": qr_svg(qr) if qr else None,
        "notes": list(notes),
        "attachment": {"name": f"{kind}.json", "content": canonical_facts(facts).decode()},
    }


@cache
def labels(language: str) -> dict[str, str]:
    """Every fixed text of the document templates in one language: the messages that need no value."""
    lines = (LOCALE / language / "documents.ftl").read_text(encoding="utf-8").splitlines()
    keys = [line.split(" =")[0] for line in lines if line.startswith("document-") and "{" not in line]
    return {key.removeprefix("document-"): translate(language, key) for key in keys}


def digits(text: str, language: str) -> str:
    """Digits of the language's script."""
    return text.translate(_ARABIC) if language == "ar" else text


def shown_date(day: date, language: str) -> str:
    """Day, month, year in the language's digits; the template keeps it left to right."""
    return digits(f"{day.day:02d}/{day.month:02d}/{day.year}", language)


def shown_amount(piastres: int, language: str) -> str:
    """An amount in new pounds, the number alone."""
    return format_amount(Money.of_piastres(piastres).amount, arabic=language == "ar")


def shown_money(piastres: int, language: str) -> str:
    """An amount in new pounds with its currency."""
    return translate(language, "document-pounds", value=shown_amount(piastres, language))


def shown_quantity(value: Decimal, unit: str, language: str) -> str:
    """A measured quantity; `unit` is "square-metres" or "metres"."""
    return translate(language, f"document-{unit}", value=format_amount(value, arabic=language == "ar"))


def shown_share(share: Fraction, language: str) -> str:
    """A share over 2400, with what is left over as a fraction of one share."""
    counted = over_2400(share)
    if not counted.shares or not counted.remainder:
        return digits(str(counted), language)
    whole, rest = str(counted).split()
    return translate(language, "document-share-and-rest", whole=digits(whole, language), rest=digits(rest, language))
