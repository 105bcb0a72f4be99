"""Small makers of rows for tests."""

from shapely import box
from sqlalchemy.orm import Session

from permits.cases.tables import Case, Model, Review
from permits.cases.workflow import WORKFLOW, State
from permits.db import new_id
from permits.land.tables import Plot, Zone
from permits.people.accounts import actor_of, create_user
from permits.people.actor import SYSTEM, Actor, Role

PASSWORD = "a long password"


def make_actor(session: Session, role: Role, login: str = "") -> Actor:
    """A user of one role, as the one who acts."""
    name = login or str(role)
    user = create_user(
        session, actor=SYSTEM, login=name, password=PASSWORD, name_ar=f"اسم {name}", name_en=name, roles=[role]
    )
    return actor_of(user)


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


def make_case(session: Session, engineer: Actor, state: State = State.DRAFT) -> Case:
    """A case of `engineer` on plot 7 of zone Z."""
    case = Case(
        id=new_id(), number=f"T-{new_id()}", workflow=WORKFLOW, state=str(state), zone="Z", plot="7", title="بناء سكني",
        engineer_id=engineer.id, applied_on="2026-11-21",
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case


def make_review(session: Session, case: Case, questions: list[tuple[int, str, str]] | None = None) -> Model:
    """A reviewed model of `case`; `questions` are (position, rule, outcome) of findings to decide."""
    model = Model(case_id=case.id, name="m.ifc", size=1, sha256="a" * 64)
    session.add(model)
    session.flush()
    asked = [{"position": p, "rule": r, "outcome": o} for p, r, o in questions or []]
    session.add(Review(model_id=model.id, state="done", summary={"questions": asked, "verdict": "fail"}))
    session.flush()
    return model
