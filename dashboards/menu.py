"""The menu of the desks: which exist, what they are called, and who finds them there."""

from dataclasses import dataclass

from permits.people.actor import STAFF, Actor, Role


@dataclass(frozen=True)
class Desk:
    """An entry: where it leads, the key of its name, and the roles that work there."""

    path: str
    name: str
    roles: frozenset[Role] = STAFF


DESKS = (
    Desk("/desk", "desk-home"),
    Desk("/desk/sheet", "sheet-title"),
    Desk("/desk/register", "registry-desk"),
    Desk("/desk/occupancies", "occupancy-desk"),
    Desk("/desk/assets", "asset-title"),
    Desk("/desk/cash", "desk-cash-title", frozenset({Role.CASHIER, Role.APPROVER})),
    Desk("/desk/accounts", "accounts-title", frozenset({Role.ACCOUNTANT})),
    Desk("/desk/audit", "audit-title", frozenset({Role.SYNDICATE})),
    Desk("/desk/planner", "planner-title", frozenset({Role.PLANNER, Role.ADMIN})),
    Desk("/desk/guide", "guide-desk-title", frozenset({Role.ADMIN, Role.PLANNER})),
    Desk("/desk/governor", "governor-title", frozenset({Role.GOVERNOR})),
    Desk("/desk/admin", "admin-title", frozenset({Role.ADMIN})),
    Desk("/desk/land", "layers-desk", frozenset({Role.ADMIN})),
)


def menu_of(actor: Actor) -> list[Desk]:
    """The desks that an actor finds in the menu; what he may do there, each callback asks again."""
    return [desk for desk in DESKS if actor.has(*desk.roles)]
