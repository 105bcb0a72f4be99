"""Facts of documents that the tests print; every name and number is invented."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from permits.documents.permit import Holder, PermitFacts
from permits.documents.receipt import ReceiptFacts, ReceiptLine
from permits.documents.sheet import Office
from permits.money.money import Epoch

OFFICE = Office("محافظة تجريبية", "مديرية التنظيم والتخطيط العمراني")

PERMIT = PermitFacts(
    number="DM-01-2026-000123", case="DM-01-2026-000456", issued=date(2026, 3, 1), expires=date(2029, 2, 28),
    plot="4711/2", zone="منطقة الاختبار", parcel="2103", plot_area=Decimal("612.40"),
    owners=(
        Holder("ليلى بنت سامي المثال", Fraction(1, 7)),
        Holder("كريم بن سامي المثال", Fraction(2, 7)),
        Holder("نور بنت سامي المثال", Fraction(4, 7)),
    ),
    title="بناء سكني", designer="م. هالة النموذج", auditor="م. سعاد المدققة", use="residential", floors=5,
    floor_area=Decimal("1480.25"), footprint=Decimal("296.05"), height=Decimal("16.20"),
    model_sha256="9f2c" * 16, act="القانون المالي للوحدات الإدارية رقم 37 لعام 2021", receipt="DM-01-2026-R-000077",
    paid=9_365_000, statuses=("provisional", "fictitious"),
)  # fmt: skip

RECEIPT = ReceiptFacts(
    number="DM-01-2026-R-000077", case="DM-01-2026-000456", reference="0110 1000 0000 4242", plot="4711/2",
    applicant="كريم بن سامي المثال", channel="مصرف تجريبي", transaction="TX-20260301-0001", paid_on=date(2026, 3, 1),
    epoch=Epoch.OLD,
    lines=(
        ReceiptLine("رسم تسجيل", "3000", 3_000),
        ReceiptLine("رسم البناء على المساحة الطابقية", "0.01 * 1500000 * 480", 7_200_000),
        ReceiptLine("رسم الشرفات", "0.04 * 1500000 * 36", 2_160_000),
        ReceiptLine("نفقات تنظيم", "2000", 2_000),
    ),
    total=9_365_000, assessment_sha256="ab" * 32, statuses=("provisional",),
)  # fmt: skip
