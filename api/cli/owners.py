"""`rukhsa office link-owner`, `unlink-owner`: an account said to be an owner of the register, by a registrar."""

import argparse
from datetime import date

from sqlalchemy.orm import Session

from permits.errors import NotFound
from permits.jobs import Context
from permits.people.accounts import actor_of, find_user
from permits.people.tables import User
from permits.register.accounts import end_link, link_account, links_of
from permits.register.parties import Identity, IdentityKind, find_identity
from permits.register.tables import Party


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Both actions with their arguments."""
    link = actions.add_parser("link-owner", help="an account is this owner / حساب يعود إلى مالك في السجل")
    end = actions.add_parser("unlink-owner", help="take that back / إنهاء صلة الحساب بالمالك")
    for action in (link, end):
        action.add_argument("login")
        action.add_argument("--number", required=True, help="the owner's national number / الرقم الوطني للمالك")
        action.add_argument("--by", required=True, help="login of the registrar / حساب أمين السجل")
    link.add_argument("--seen", required=True, help="identity document that was seen / وثيقة الهوية التي اطُّلع عليها")
    link.add_argument("--power-of-attorney", default="", help="of an agent / رقم وكالة الوكيل")
    link.add_argument("--until", type=date.fromisoformat, help="its last day / آخر يوم فيها")


def link_owner(context: Context, args: argparse.Namespace) -> None:
    """Say that the account is the owner, or his agent until a day."""
    with context.database.transaction() as session:
        user, party = _user(session, args.login), _party(session, args.number)
        link_account(
            session, actor=actor_of(_user(session, args.by)), user_id=user.id, party_id=party.id, identity=args.seen,
            power_of_attorney=args.power_of_attorney, expires=args.until,
        )  # fmt: skip
    print(f"{args.login}: {party.name_ar} / {party.name_en}")


def unlink_owner(context: Context, args: argparse.Namespace) -> None:
    """Take it back."""
    with context.database.transaction() as session:
        user, party = _user(session, args.login), _party(session, args.number)
        link = next((one for one in links_of(session, user_id=user.id) if one.party_id == party.id), None)
        if link is None:
            raise NotFound("party-unknown")
        end_link(session, actor=actor_of(_user(session, args.by)), link_id=link.id)
    print(args.login)


def _user(session: Session, login: str) -> User:
    user = find_user(session, login=login)
    if user is None:
        raise NotFound("account-unknown", login=login[:80])
    return user


def _party(session: Session, number: str) -> Party:
    party = find_identity(session, Identity(IdentityKind.NATIONAL_NUMBER, number))
    if party is None:
        raise NotFound("party-unknown")
    return party
