"""Sun and shadow of a report in words: what neighbours lose at which time, and how much its windows get."""

from collections.abc import Iterator

from bim.report import Report
from permits.i18n import translate
from permits.review.wording import number, with_unit

_BANDS = (0.0, 2.0, 4.0)
"""Hours up to which a window counts in a band."""

Row = tuple[str, ...]


def shadow_rows(report: Report, language: str) -> list[Row]:
    """Day, time, height of the sun, and each neighbour's plot with the area in shadow."""
    return [
        (
            translate(language, f"sun-{shadow.day}"), shadow.at, f"{shadow.elevation:.0f}°",
            " · ".join(f"\u2068{plot}\u2069: {with_unit(area, 'm2', language)}" for plot, area in shadow.shaded.items())
            or translate(language, "sun-none"),
        )
        for shadow in report.shadows
    ]  # fmt: skip


def window_rows(report: Report, language: str) -> list[Row]:
    """For each day how many windows get no sun, up to two hours, up to four, and more."""
    days = list(dict.fromkeys(shadow.day for shadow in report.shadows))
    return [(translate(language, f"sun-{day}"), *_counts(report, day)) for day in days] if report.window_sun else []


def _counts(report: Report, day: str) -> Iterator[str]:
    hours = [of[day] for of in report.window_sun.values()]
    bands = [sum(most >= value for most in _BANDS) for value in hours]  # 3: none at all, 0: more than four hours
    for band in (3, 2, 1, 0):
        yield number(float(bands.count(band)), "count")
