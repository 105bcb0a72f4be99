"""What the tokens of our documents say, and their CBOR maps: permits, licences of occupancy, extracts of sheets.

A map without a kind is a permit's, as the first tokens were written; every other document names its kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

ISSUER, EXPIRES, STARTS, ISSUED, ID = 1, 4, 5, 6, 7
"""Registered CWT claims."""

KIND = -70004
_NUMBER, _PLOT, _FLOORS = -70001, -70002, -70003
_USE, _AREA, _PLACE, _POINT = -70005, -70006, -70007, -70008
_PARCEL, _ZONE, _PURPOSE, _AS_OF = -70011, -70012, -70013, -70014
OCCUPANCY, EXTRACT = "occupancy", "extract"
_POINT_UNIT = 100_000
"""Of a degree, about a metre: a place to stand at."""


@dataclass(frozen=True)
class PermitClaims:
    """What the token says; `document_hash` is sixteen bytes, `expires` the last day of validity."""

    issuer: str
    number: str
    plot: str
    floors: int
    issued: date
    expires: date
    document_hash: bytes

    kind = "permit"

    @property
    def starts(self) -> date:
        """The first day of validity."""
        return self.issued


@dataclass(frozen=True)
class OccupancyClaims:
    """What a licence's token says: the use, square metres, the days from `starts` to `expires`, and the place.

    `point` is longitude and latitude of WGS84 in hundred-thousandths of a degree, for finding the place.
    """

    issuer: str
    number: str
    use: str
    area: Decimal
    place: str
    point: tuple[int, int]
    issued: date
    starts: date
    expires: date
    document_hash: bytes

    kind = OCCUPANCY

    @property
    def degrees(self) -> str:
        """Latitude and longitude as maps take them."""
        longitude, latitude = (Decimal(part) / _POINT_UNIT for part in self.point)
        return f"{latitude:.5f}, {longitude:.5f}"


@dataclass(frozen=True)
class ExtractClaims:
    """What an extract's token says: the sheet, the purpose, the day of its content, and how long it is accepted."""

    issuer: str
    number: str
    parcel: str
    zone: str
    purpose: str
    as_of: date
    issued: date
    expires: date
    document_hash: bytes

    kind = EXTRACT

    @property
    def starts(self) -> date:
        """The first day of validity."""
        return self.issued


Claims = PermitClaims | OccupancyClaims | ExtractClaims


def point_of(longitude: float, latitude: float) -> tuple[int, int]:
    """Degrees as a token has them."""
    return round(longitude * _POINT_UNIT), round(latitude * _POINT_UNIT)


def to_map(claims: Claims) -> dict[int, Any]:
    """The claims as a CWT has them."""
    common = {
        ISSUER: claims.issuer, EXPIRES: seconds(claims.expires), ISSUED: seconds(claims.issued),
        ID: claims.document_hash, _NUMBER: claims.number,
    }  # fmt: skip
    if isinstance(claims, PermitClaims):
        return common | {_PLOT: claims.plot, _FLOORS: claims.floors}
    if isinstance(claims, ExtractClaims):
        sheet = {_PARCEL: claims.parcel, _ZONE: claims.zone, _PURPOSE: claims.purpose, _AS_OF: seconds(claims.as_of)}
        return common | {KIND: EXTRACT, **sheet}
    own = {_USE: claims.use, _AREA: f"{claims.area}", _PLACE: claims.place, _POINT: [*claims.point]}
    return common | {KIND: OCCUPANCY, STARTS: seconds(claims.starts), **own}


def from_map(raw: Mapping[int, Any]) -> Claims:
    """The claims of a map; raises KeyError, TypeError or ValueError where it is none."""
    kind = raw.get(KIND)
    if kind not in _READERS:
        raise ValueError("a document of another kind")
    claims = _READERS[kind](raw)
    texts = [value for name, value in vars(claims).items() if name in _TEXTS]
    if not all(isinstance(text, str) for text in texts) or not isinstance(claims.document_hash, bytes):
        raise TypeError("claims of a wrong type")
    return claims


def _permit(raw: Mapping[int, Any]) -> PermitClaims:
    return PermitClaims(
        issuer=raw[ISSUER], number=raw[_NUMBER], plot=raw[_PLOT], floors=raw[_FLOORS], issued=day(raw[ISSUED]),
        expires=day(raw[EXPIRES]), document_hash=raw[ID],
    )  # fmt: skip


def _occupancy(raw: Mapping[int, Any]) -> OccupancyClaims:
    longitude, latitude = raw[_POINT]
    if not (isinstance(longitude, int) and isinstance(latitude, int) and isinstance(raw[_AREA], str)):
        raise TypeError("claims of a wrong type")
    area = Decimal(raw[_AREA]) if raw[_AREA].replace(".", "", 1).isdecimal() else None
    if area is None:
        raise ValueError("an area that is no number")
    return OccupancyClaims(
        issuer=raw[ISSUER], number=raw[_NUMBER], use=raw[_USE], area=area, place=raw[_PLACE],
        point=(longitude, latitude), issued=day(raw[ISSUED]), starts=day(raw[STARTS]), expires=day(raw[EXPIRES]),
        document_hash=raw[ID],
    )  # fmt: skip


def _extract(raw: Mapping[int, Any]) -> ExtractClaims:
    return ExtractClaims(
        issuer=raw[ISSUER], number=raw[_NUMBER], parcel=raw[_PARCEL], zone=raw[_ZONE], purpose=raw[_PURPOSE],
        as_of=day(raw[_AS_OF]), issued=day(raw[ISSUED]), expires=day(raw[EXPIRES]), document_hash=raw[ID],
    )  # fmt: skip


_READERS: Mapping[str | None, Callable[[Mapping[int, Any]], Claims]] = {
    None: _permit, OCCUPANCY: _occupancy, EXTRACT: _extract,
}  # fmt: skip
_TEXTS = frozenset({"issuer", "number", "plot", "use", "place", "parcel", "zone", "purpose"})


def seconds(of: date) -> int:
    """The first moment of a day in UTC, as a CWT counts."""
    return int(datetime(of.year, of.month, of.day, tzinfo=UTC).timestamp())


def day(moment: int) -> date:
    """The day of a moment."""
    return datetime.fromtimestamp(moment, UTC).date()
