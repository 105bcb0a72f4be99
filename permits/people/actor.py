"""Who acts: a person, a program or the system itself."""

from dataclasses import dataclass
from enum import StrEnum

from permits.errors import Forbidden


class Role(StrEnum):
    """What an account may be; rights follow from roles in `permits.cases.workflow` and in the use cases."""

    ENGINEER = "engineer"
    OWNER = "owner"
    SYNDICATE = "syndicate"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    CASHIER = "cashier"
    ACCOUNTANT = "accountant"
    REGISTRAR = "registrar"
    PLANNER = "planner"
    GOVERNOR = "governor"
    ADMIN = "admin"
    BILLER = "biller"
    SYSTEM = "system"


STAFF = frozenset(
    (
        Role.REVIEWER, Role.APPROVER, Role.CASHIER, Role.ACCOUNTANT, Role.REGISTRAR, Role.PLANNER, Role.GOVERNOR,
        Role.ADMIN,
    )
)  # fmt: skip


GIVEN = tuple(role for role in Role if role not in (Role.SYSTEM, Role.BILLER))
"""The roles that a person or a program can be given."""


@dataclass(frozen=True)
class Actor:
    """The one who acts; `id` is a user id, a client id, or "system"."""

    id: str
    name: str
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of `roles`."""
        return not self.roles.isdisjoint(roles)

    def need(self, *roles: Role) -> None:
        """Raise Forbidden unless the actor holds one of `roles`."""
        if not self.has(*roles):
            raise Forbidden("role-needed")


SYSTEM = Actor("system", "system", frozenset({Role.SYSTEM}))
