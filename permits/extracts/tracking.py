"""Following an order without an account: its number and a secret code, which is derived and nowhere kept."""

import base64
import hashlib
import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.errors import NotFound
from permits.extracts.tables import ExtractOrder
from permits.settings import Settings
from permits.text import fold

LENGTH = 10
"""Letters of the code: fifty bits."""


def tracking_code(settings: Settings, number: str) -> str:
    """The secret code of an order."""
    made = hmac.digest(settings.secret("tracking"), number.encode(), hashlib.sha256)
    return base64.b32encode(made).decode()[:LENGTH]


def track(session: Session, *, settings: Settings, number: str, code: str) -> ExtractOrder:
    """The order of a number for whoever knows its code; NotFound otherwise, whichever of the two is wrong."""
    asked = fold(number).replace(" ", "").upper()[:40]
    expected = tracking_code(settings, asked)
    given = fold(code).replace(" ", "").replace("-", "").upper()
    right = hmac.compare_digest(given.encode(), expected.encode())
    order = session.scalar(select(ExtractOrder).where(ExtractOrder.number == asked))
    if order is None or not right:
        raise NotFound("extract-order-unknown")
    return order
