"""`rukhsa office`: set an installation up: database and keys, zones, accounts, programs of outside bodies."""

import argparse
import getpass
import os
import secrets
from pathlib import Path

from api.cli.owners import add_actions, link_owner, unlink_owner
from api.context import open_context
from gis.errors import LandError
from permits import schema
from permits.assets.importing import InventoryRefused, fault_text, import_inventory
from permits.documents.city import city_model
from permits.documents.issue import ask_again
from permits.documents.revocations import RevocationReason
from permits.documents.revoking import ask_revocation, revocation_list, revoke
from permits.errors import NotFound, RukhsaError
from permits.i18n import error_text, translate
from permits.jobs import Context
from permits.land.zones import import_zone
from permits.money.providers import create_biller_key
from permits.money.settlement import import_settlement
from permits.occupancy.stopping import expire
from permits.people.accounts import actor_of, create_user, find_user
from permits.people.actor import GIVEN, SYSTEM, Role
from permits.people.clients import SYNDICATE_SCOPES, Scope, create_client, renew_secret, set_allowed
from permits.settings import Settings

_CLIENT_ACTIONS = {
    "renew-client": "a new secret for a program / كلمة سر جديدة لبرنامج",
    "end-client": "end a program and its tokens / إيقاف برنامج ورموزه",
    "allow-client": "allow a program again / السماح لبرنامج من جديد",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action with its own arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("init", help="database and keys / قاعدة البيانات والمفاتيح")
    zone = actions.add_parser("import-zone", help="import a zone's layers / استيراد طبقات منطقة")
    zone.add_argument("layers", type=Path)
    user = actions.add_parser("add-user", help="password from RUKHSA_NEW_PASSWORD or asked for / حساب جديد")
    user.add_argument("login")
    user.add_argument("--role", action="append", required=True, choices=[str(role) for role in Role])
    user.add_argument("--name-ar", required=True)
    user.add_argument("--name-en", required=True)
    add_actions(actions)
    client = actions.add_parser("add-client", help="a program of another body / برنامج جهة أخرى")
    client.add_argument("client_id")
    client.add_argument("--name", required=True)
    client.add_argument("--role", choices=[str(role) for role in GIVEN], default=str(Role.SYNDICATE))
    client.add_argument("--scope", action="append", choices=[str(scope) for scope in Scope])
    for name, said in _CLIENT_ACTIONS.items():
        actions.add_parser(name, help=said).add_argument("client_id")
    biller = actions.add_parser("add-biller", help="a payment provider's signing key / مفتاح مزود دفع")
    biller.add_argument("key_id")
    biller.add_argument("--provider", required=True)
    settlement = actions.add_parser("import-settlement", help="a switch's settlement file / ملف تسوية من المحوّل")
    settlement.add_argument("file", type=Path)
    city = actions.add_parser("city-model", help="approved buildings of a zone as CityJSON / المباني المرخصة في منطقة")
    city.add_argument("zone")
    city.add_argument("--out", type=Path, required=True)
    assets = actions.add_parser("import-assets", help="list of council property, CSV or Excel / جرد أملاك المجلس")
    assets.add_argument("list", type=Path)
    listed = actions.add_parser("revocations", help="signed list of revoked documents / قائمة الوثائق الملغاة الموقعة")
    listed.add_argument("out", type=Path)
    revoke = actions.add_parser("revoke-permit", help="two people: ask, then confirm / إلغاء رخصة: طلب ثم تأكيد")
    revoke.add_argument("number")
    revoke.add_argument("--by", required=True, help="login of who asks or confirms / حساب الطالب أو المؤكد")
    revoke.add_argument("--reason", choices=[str(reason) for reason in RevocationReason])
    revoke.add_argument("--note", default="")
    revoke.add_argument("--confirm", action="store_true", help="the second person / الشخص الثاني")
    actions.add_parser("end-occupancies", help="end those whose days are over / إنهاء الإشغالات المنقضية")
    actions.add_parser("retry-permits", help="ask again for failed permits / إعادة طلب الرخص المتعثرة")


def run(args: argparse.Namespace) -> int:
    """Carry the action out; 2 where the input is refused."""
    context = open_context(Settings())
    schema.upgrade(context.database)
    try:
        _ACTIONS[args.action](context, args)
    except (RukhsaError, LandError) as error:
        if isinstance(error, InventoryRefused):
            print(*(fault_text(fault, language) for fault in error.faults for language in ("ar", "en")), sep="\n")
        print(f"{error_text(error, 'ar')}\n{error_text(error, 'en')}")
        return 2
    return 0


def _init(context: Context, _: argparse.Namespace) -> None:
    print(f"{context.database.engine.url.render_as_string()} · {context.settings.data_dir}")


def _import_zone(context: Context, args: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        for zone in import_zone(session, actor=SYSTEM, storage=context.storage, layers=args.layers):
            print(f"{zone.code}: {zone.name_ar} / {zone.name_en}")


def _add_user(context: Context, args: argparse.Namespace) -> None:
    password = os.environ.get("RUKHSA_NEW_PASSWORD") or getpass.getpass()
    with context.database.transaction() as session:
        create_user(
            session, actor=SYSTEM, login=args.login, password=password, name_ar=args.name_ar, name_en=args.name_en,
            roles=[Role(role) for role in args.role],
        )  # fmt: skip


def _add_client(context: Context, args: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        secret = create_client(
            session,
            actor=SYSTEM,
            client_id=args.client_id,
            name=args.name,
            role=Role(args.role),
            scopes=[Scope(scope) for scope in args.scope or SYNDICATE_SCOPES],
        )
    print(f"secret (shown once) / كلمة السر (تُعرض مرة واحدة): {secret}")


def _renew_client(context: Context, args: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        secret = renew_secret(session, actor=SYSTEM, client_id=args.client_id)
    print(f"secret (shown once) / كلمة السر (تُعرض مرة واحدة): {secret}")


def _allow_client(context: Context, args: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        set_allowed(session, actor=SYSTEM, client_id=args.client_id, allowed=args.action == "allow-client")
    print(args.client_id)


def _add_biller(context: Context, args: argparse.Namespace) -> None:
    secret = secrets.token_bytes(32)
    with context.database.transaction() as session:
        create_biller_key(session, actor=SYSTEM, key_id=args.key_id, provider=args.provider, secret=secret)
    print(f"secret (shown once) / كلمة السر (تُعرض مرة واحدة): {secret.hex()}")


def _import_settlement(context: Context, args: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        settled = import_settlement(session, actor=SYSTEM, content=args.file.read_bytes())
    print(f"{settled.provider} {settled.day}: {settled.summary}")


def _retry_permits(context: Context, _: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        asked = ask_again(session, actor=SYSTEM)
    for case in asked:
        print(case.number)


def _city_model(context: Context, args: argparse.Namespace) -> None:
    with context.database.reading() as session:
        city = city_model(session, actor=SYSTEM, storage=context.storage, zone=args.zone)
    args.out.write_bytes(city.document)
    print(f"{args.out}: {len(city.permits)}")
    for one in city.unshown:
        key = f"city-unshown-{one.reason.replace('_', '-')}"
        print(*(translate(language, key, permit=one.permit) for language in ("ar", "en")), sep="\n")


def _import_assets(context: Context, args: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        print(import_inventory(session, actor=SYSTEM, path=args.list))


def _revocations(context: Context, args: argparse.Namespace) -> None:
    with context.database.reading() as session:
        content = revocation_list(session, settings=context.settings)
    args.out.write_text(content, encoding="ascii")
    print(args.out)


def _revoke_permit(context: Context, args: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        user = find_user(session, login=args.by)
        if user is None:
            raise NotFound("account-unknown", login=args.by)
        if args.confirm:
            revoke(session, actor=actor_of(user), number=args.number)
        else:
            ask_revocation(
                session, actor=actor_of(user), number=args.number, reason=args.reason or "", note=args.note
            )  # fmt: skip
    print(args.number)


def _end_occupancies(context: Context, _: argparse.Namespace) -> None:
    with context.database.transaction() as session:
        for occupancy in expire(session, actor=SYSTEM):
            print(occupancy.number)


_ACTIONS = {
    "init": _init, "import-zone": _import_zone, "add-user": _add_user, "add-client": _add_client,
    "renew-client": _renew_client, "end-client": _allow_client, "allow-client": _allow_client,
    "add-biller": _add_biller, "import-settlement": _import_settlement, "retry-permits": _retry_permits,
    "city-model": _city_model, "revocations": _revocations, "revoke-permit": _revoke_permit,
    "import-assets": _import_assets, "end-occupancies": _end_occupancies, "link-owner": link_owner,
    "unlink-owner": unlink_owner,
}  # fmt: skip
