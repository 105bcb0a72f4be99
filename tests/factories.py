"""Small makers of rows for tests."""

from argon2 import PasswordHasher
from shapely import box
from sqlalchemy.orm import Session

from permits.cases.tables import Case, CaseTurn, Model, Review
from permits.cases.workflow import WORKFLOW, State, clock_of
from permits.db import new_id
from permits.land.tables import Plot, Zone
from permits.people.accounts import actor_of
from permits.people.actor import Actor, Role
from permits.people.clients import Scope
from permits.people.tables import Client, User

PASSWORD = "a long password"
_HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Hashed cheaply: what hashing costs is tested where accounts are."""


def make_actor(session: Session, role: Role, login: str = "") -> Actor:
    """A user of one role, as the one who acts."""
    name = login or str(role)
    user = User(
        id=new_id(), login=name, name_ar=f"اسم {name}", name_en=name, password=_HASHED, roles=[str(role)],
        language="ar", active=True, refused=0,
    )  # fmt: skip
    session.add(user)
    session.flush()
    return actor_of(user)


def make_client(session: Session) -> str:
    """The syndicate's client "s" with every scope; its secret is PASSWORD."""
    scopes = [str(scope) for scope in Scope]
    session.add(Client(id="s", name="نقابة", secret=_HASHED, role=str(Role.SYNDICATE), scopes=scopes))
    session.flush()
    return PASSWORD


def make_zone(session: Session, state: str = "in_force") -> Zone:
    """A zone with one plot, number 7."""
    zone = Zone(
        code="Z", name_ar="منطقة وهمية", name_en="Fictitious zone", state=state, fictitious=True, grid="EPSG:22770",
        layers_sha256="0" * 64, backdrop={"features": []},
    )  # fmt: skip
    session.add(zone)
    session.flush()
    session.add(Plot(zone="Z", number="7", parcel="100", use="residential", area=600.0, polygon=box(0, 0, 20, 30)))
    session.flush()
    return zone


def make_case(session: Session, engineer: Actor, state: State = State.DRAFT, case_id: str = "") -> Case:
    """A case of `engineer` on plot 7 of zone Z, which has just come to `state`."""
    case = Case(
        id=case_id or new_id(), number=f"T-{new_id()}".upper(), workflow=WORKFLOW, state=str(state), zone="Z", plot="7",
        title="بناء سكني", engineer_id=engineer.id, applied_on="2026-11-21",
    )  # fmt: skip
    session.add(case)
    session.flush()
    session.add(CaseTurn(case_id=case.id, state=case.state, clock=str(clock_of(state)), at=case.changed_at))
    session.flush()
    return case


def make_review(session: Session, case: Case, questions: list[tuple[int, str, str]] | None = None) -> Model:
    """A reviewed model of `case`; `questions` are (position, rule, outcome) of findings to decide."""
    model = Model(case_id=case.id, name="m.ifc", size=1, sha256="a" * 64)
    session.add(model)
    session.flush()
    counts = {"pass": 0, "fail": len(questions or []), "undecided": 0, "not_applicable": 0}
    asked = [{"position": p, "rule": r, "outcome": o} for p, r, o in questions or []]
    summary = {**counts, "questions": asked, "refusal": None, "verdict": "fail"}
    session.add(Review(model_id=model.id, state="done", summary=summary))
    session.flush()
    return model
