"""Set the fictitious office up: database, zone, one account per role, the syndicate's client, the switch's key."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

import sample_models
from permits import audit, schema
from permits.audit import AuditEvent
from permits.jobs import Context
from permits.land.zones import import_zone
from permits.money.providers import create_biller_key, is_biller_key
from permits.people.accounts import actor_of, create_user, find_user
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.clients import SYNDICATE_SCOPES, create_client, is_client, renew_secret
from permits.register.accounts import link_account, links_of
from permits.register.sheets import owners, sheet_of_plot
from permits.settings import keep_once

SAMPLES = Path(sample_models.__file__).parent
PASSWORD = "rukhsa-demo"  # noqa: S105 - printed for everyone to try
SWITCH_KEY = "sandbox-switch"
SYNDICATE = "syndicate-damascus-demo"
AUDITOR = "syndicate-auditor"
OWNED = ("FZ-1", "103")
"""Zone and plot of the owner's account."""
PEOPLE = {
    Role.ENGINEER: ("م. ليان الدارس", "Layan (design engineer)"),
    Role.OWNER: ("هالة (مالكة في المقسم 103)", "Hala (owner in plot 103)"),
    Role.REVIEWER: ("م. سامر المدقق", "Samer (reviewer)"),
    Role.APPROVER: ("م. هدى المعتمدة", "Huda (approver)"),
    Role.CASHIER: ("رنا أمينة الصندوق", "Rana (cashier)"),
    Role.ACCOUNTANT: ("وليد المحاسب", "Walid (accountant)"),
    Role.REGISTRAR: ("نزار أمين السجل", "Nizar (registrar)"),
    Role.PLANNER: ("م. ريم مهندسة التنظيم", "Rim (planner)"),
    Role.GOVERNOR: ("مكتب المحافظ", "Governor's office"),
    Role.SYNDICATE: ("م. عامر مدقق النقابة", "Amer (the syndicate's auditor)"),
    Role.ADMIN: ("مدير المنصّة", "Administrator"),
}


def login_of(role: Role) -> str:
    """The login name of the demonstration's person: of the role, and of the syndicate its auditor's."""
    return AUDITOR if role is Role.SYNDICATE else str(role)


@dataclass(frozen=True)
class Office:
    """What the demonstration needs of the office it set up."""

    context: Context
    syndicate_secret: str
    switch_secret: Path

    def actor(self, session: Session, role: Role) -> Actor:
        """The demonstration's person of one role."""
        user = find_user(session, login=login_of(role))
        if user is None:
            raise LookupError(role)
        return actor_of(user)


def _kept_secret(context: Context, name: str) -> Path:
    path = context.settings.data_dir / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        keep_once(path, secrets.token_hex(32).encode())
    return path


def _link_owner(session: Session) -> None:
    """The owner's account is the first owner of his plot, as if the registrar had seen his identity."""
    owner, registrar = (find_user(session, login=str(role)) for role in (Role.OWNER, Role.REGISTRAR))
    if owner is None or registrar is None or links_of(session, user_id=owner.id):
        return
    first = owners(session, sheet=sheet_of_plot(session, zone=OWNED[0], plot=OWNED[1]))[0]
    link_account(
        session, actor=actor_of(registrar), user_id=owner.id, party_id=first.party, identity="هوية تجريبية 1"
    )  # fmt: skip


def set_up(context: Context) -> Office:
    """Everything that is missing; a second run adds nothing."""
    schema.upgrade(context.database)
    switch_secret = _kept_secret(context, "sandbox-switch.secret")
    syndicate = context.settings.data_dir / "keys" / "syndicate.secret"
    with context.database.transaction() as session:
        if not audit.length(session):
            audit.record(session, AuditEvent.INSTALLED, actor=SYSTEM, subject="office")
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=SAMPLES / "zone" / "zone.gpkg")
        for role, (arabic, english) in PEOPLE.items():
            if find_user(session, login=login_of(role)) is None:
                create_user(
                    session, actor=SYSTEM, login=login_of(role), password=PASSWORD, name_ar=arabic, name_en=english,
                    roles=[role],
                )  # fmt: skip
        _link_owner(session)
        if not is_biller_key(session, key_id=SWITCH_KEY):
            create_biller_key(
                session, actor=SYSTEM, key_id=SWITCH_KEY, provider="sandbox",
                secret=bytes.fromhex(switch_secret.read_text()),
            )  # fmt: skip
        known = is_client(session, client_id=SYNDICATE)
        if not known or not syndicate.exists():
            secret = renew_secret(session, actor=SYSTEM, client_id=SYNDICATE) if known else create_client(
                session, actor=SYSTEM, client_id=SYNDICATE, name="نقابة المهندسين (تجربة)", role=Role.SYNDICATE,
                scopes=SYNDICATE_SCOPES,
            )  # fmt: skip
            syndicate.write_text(secret)
            syndicate.chmod(0o600)
    return Office(context, syndicate.read_text(), switch_secret)
