"""The fictitious records about the land: planning sheets, parcels, shares and market values.

Every number is invented and every row says `fictitious` or وهمي; none is a Syrian legal value.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from sample_models.land import PlotShape

ZONE, FROZEN_ZONE = "FZ-1", "FZ-2"
FROZEN_BLOCK = "B6"
ACT = "FICT-2024/1"
OLD_ACT = "FICT-2010/7"
ZONE_NAMES = {
    ZONE: ("وادي السنونو (منطقة تنظيمية وهمية)", "Wadi al-Sununu (fictitious planning zone)"),
    FROZEN_ZONE: ("وادي السنونو الثانية (وهمية)", "Wadi al-Sununu Two (fictitious)"),
}
CADASTRAL_ZONE = ("السنونو العقارية (وهمية)", "Al-Sununu (fictitious)")
STREET_NAMES = (
    ("جادة السنونو (وهمية)", "Swallow Avenue (fictitious)"),
    ("شارع الزعتر (وهمي)", "Thyme Street (fictitious)"),
    ("شارع الريحان (وهمي)", "Basil Street (fictitious)"),
    ("شارع اللوز (وهمي)", "Almond Street (fictitious)"),
    ("شارع التوت (وهمي)", "Mulberry Street (fictitious)"),
    ("شارع الصفصاف (وهمي)", "Willow Street (fictitious)"),
    ("شارع الخروب (وهمي)", "Carob Street (fictitious)"),
)
GIVEN = (
    ("سامر", "Samer"), ("لينا", "Lina"), ("خالد", "Khaled"), ("رنا", "Rana"), ("عمر", "Omar"), ("هالة", "Hala"),
    ("يوسف", "Yousef"), ("سلمى", "Salma"), ("نبيل", "Nabil"), ("ريم", "Reem"), ("طارق", "Tarek"),
)  # fmt: skip
FAMILY = (
    ("السنونو", "al-Sununu"), ("الورّاق", "al-Warraq"), ("البستاني", "al-Bustani"), ("النحّاس", "al-Nahhas"),
    ("الخيّال", "al-Khayyal"), ("الصبّاغ", "al-Sabbagh"), ("الحدّاد", "al-Haddad"),
)  # fmt: skip
SHARE_PATTERNS: tuple[tuple[Fraction, ...], ...] = (
    (Fraction(1),),
    (Fraction(1, 2), Fraction(1, 2)),
    (Fraction(1, 8), Fraction(7, 24), Fraction(7, 24), Fraction(7, 24)),  # a widow and three sons
    (Fraction(1, 7),) * 7,
    (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)),
    (Fraction(1, 3), Fraction(5, 12), Fraction(1, 4)),
    (Fraction(1, 7), Fraction(6, 7)),
)
SHARES_OF_A_PROPERTY = 2400
JOINED = {"402": "401"}  # two plots drawn on one parcel that is not divided yet


class Brief(NamedTuple):
    """The numbers of one kind of planning sheet, metres and ratios."""

    use: str
    setback_front: float
    setback_side: float
    setback_rear: float
    coverage: float
    floor_area_ratio: float
    max_floors: int
    max_height_m: float
    projection_depth_m: float
    parking_per_dwelling: float
    basement: str
    basement_rise_m: float
    fence_height_m: float = 2.00
    projection_clearance_m: float = 3.00
    attachment: str = "detached"
    band_from_floor: int = 3
    band_setback_side: float = 4.0
    band_setback_rear: float = 6.0


RESIDENTIAL = Brief("residential", 5.0, 4.0, 6.0, 0.40, 1.60, 4, 14.50, 1.50, 1.0, "within_building_line", 1.20,
                    band_setback_side=4.2, band_setback_rear=7.0)  # fmt: skip
DENSE = Brief("residential", 4.0, 3.0, 5.0, 0.45, 2.20, 5, 18.00, 1.50, 1.0, "whole_plot", 1.20)
MIXED = Brief("residential_commercial", 3.0, 3.0, 5.0, 0.50, 2.50, 6, 21.50, 1.20, 1.5, "whole_plot", 1.00)
FORMER = RESIDENTIAL._replace(floor_area_ratio=1.20, max_floors=3, max_height_m=11.30)
BRIEFS = {"B1": RESIDENTIAL, "B2": RESIDENTIAL, "B3": DENSE, "B4": RESIDENTIAL, "B5": DENSE, "B6": MIXED}


def zone_of(block: str) -> str:
    """The planning zone that a block belongs to."""
    return FROZEN_ZONE if block == FROZEN_BLOCK else ZONE


def reference_level(plot: PlotShape) -> float:
    """Kerb level of a plot, metres: the ground rises away from the avenue and along it."""
    return round(float(690.0 + 0.012 * plot.polygon.centroid.y + 0.004 * plot.polygon.centroid.x), 2)


def parcel_number(plot: str) -> str:
    """The cadastral parcel that a plot came from."""
    return str(2000 + int(JOINED.get(plot, plot)))


def sheets(plot: PlotShape) -> Iterator[dict[str, object]]:
    """Planning sheets of a plot, the former one first where there is one."""
    base: dict[str, object] = {
        "plot": plot.number,
        "clause": f"{plot.block}/{int(plot.number) % 100}",
        "status": "fictitious",
    }
    if plot.block == "B1":
        dates = {"valid_from": "2010-01-01", "valid_to": "2024-01-01", "legal_act": OLD_ACT}
        yield base | FORMER._asdict() | dates
    now = {"valid_from": "2024-01-01", "valid_to": "", "legal_act": ACT}
    yield base | BRIEFS[plot.block]._asdict() | now


def owner(number: int) -> tuple[str, str]:
    """The Arabic and English name of an invented person."""
    given, family = GIVEN[number % len(GIVEN)], FAMILY[(number // len(GIVEN) + number) % len(FAMILY)]
    return f"{given[0]} {family[0]} (اسم وهمي)", f"{given[1]} {family[1]} (fictitious)"


def shares(parcel: str, order: int) -> Iterator[dict[str, object]]:
    """The owners of one parcel; over 2400 where the fraction allows it."""
    for place, part in enumerate(SHARE_PATTERNS[order % len(SHARE_PATTERNS)]):
        over_2400 = SHARES_OF_A_PROPERTY % part.denominator == 0
        unit = SHARES_OF_A_PROPERTY if over_2400 else part.denominator
        arabic, english = owner(order * 8 + place)
        yield {
            "parcel": parcel,
            "owner_ar": arabic,
            "owner_en": english,
            "numerator": int(part * unit),
            "denominator": unit,
        }


VALUES = (  # code, names, value per m2, epoch, valid from; FICTITIOUS
    ("V1", "قطاع الجادة (وهمي)", "Avenue sector (fictitious)", "1500000.00", "old", "2021-05-04"),
    ("V2", "قطاع الريحان (وهمي)", "Basil sector (fictitious)", "1200000.00", "old", "2021-05-04"),
    ("V1", "قطاع الجادة (وهمي)", "Avenue sector (fictitious)", "15000.00", "new", "2026-01-01"),
    ("V2", "قطاع الريحان (وهمي)", "Basil sector (fictitious)", "12000.00", "new", "2026-01-01"),
)
