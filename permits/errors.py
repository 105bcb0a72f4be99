"""What a use case raises. No HTTP here: `api.errors` maps classes to statuses, the locale files hold the texts.

RukhsaError
├── Unauthenticated    nobody, or a wrong password or token
├── Forbidden          somebody, but without the right
├── NotFound           no such thing for this actor
├── Invalid            the input says something impossible
├── Conflict           the thing is in another state, or was sent before with other content
├── Expired            the thing was valid once
├── TooLarge           more than the office accepts
└── StorageFull        no room left; try again later
"""


class RukhsaError(Exception):
    """A refusal with a `code` of the message catalogue ("error-" + code) and the numbers its text needs."""

    def __init__(self, code: str, **values: str | float) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Unauthenticated(RukhsaError):
    """Nobody is logged in, or the credentials are wrong."""


class Forbidden(RukhsaError):
    """The actor lacks the right."""


class NotFound(RukhsaError):
    """There is no such thing, or none that this actor may see."""


class Invalid(RukhsaError):
    """The input is impossible."""


class Conflict(RukhsaError):
    """The thing is in another state than the request supposes."""


class Expired(RukhsaError):
    """The thing was valid once."""


class TooLarge(RukhsaError):
    """The input is larger than this office accepts."""


class StorageFull(RukhsaError):
    """The disk is full; nothing of the request was kept."""
