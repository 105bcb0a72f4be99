"""The country's own day and hour: law counts days of the place, whatever the clock of the server says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from permits.db import utcnow

DAMASCUS = ZoneInfo("Asia/Damascus")


def today() -> date:
    """The present day in Damascus."""
    return local_day(utcnow())


def local_day(moment: datetime) -> date:
    """The day in Damascus on which an aware moment falls."""
    return moment.astimezone(DAMASCUS).date()


def local_time(moment: datetime) -> str:
    """Day and minute in Damascus, as pages show them."""
    return moment.astimezone(DAMASCUS).strftime("%Y-%m-%d %H:%M")
