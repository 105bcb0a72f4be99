"""`rukhsa register`: existing registers taken over, the register handed over signed, and its extracts by post."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from api.context import open_context
from gis.errors import LandError
from permits import schema
from permits.adapters.post import PostFault, PostFolder
from permits.calendar import today
from permits.documents.keys import signing_key
from permits.documents.token import KeySetError, read_public_set
from permits.errors import NotFound, RukhsaError
from permits.extracts.posting import letters_of, take_proofs
from permits.i18n import error_text, translate
from permits.jobs import Context
from permits.people.accounts import actor_of, find_user
from permits.people.actor import SYSTEM
from permits.register.handover import Scope, pack
from permits.register.importing.profile import profile_of
from permits.register.importing.queue import TableRefused, accept_ready, counts_of, take_in
from permits.register.importing.telling import fault_text
from permits.register.importing.writing import write_table
from permits.register.package import verify_package
from permits.settings import Settings

OK, WRONG, REFUSED = 0, 1, 2
_PATHS = {"table": "out", "hand-over": "out", "letters": "folder", "proofs": "folder"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action with its own arguments."""
    language, shape = parser.get_default("lang"), parser.formatter_class
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name in (*_ACTIONS, "verify-package"):
        key = f"cli-register-{name}"
        action = actions.add_parser(name, help=key, description=key, formatter_class=shape)
        action.add_argument(_PATHS.get(name, "file"), type=Path)
        if name == "import":
            action.add_argument("--profile", required=True, help="cli-register-profile")
            action.add_argument("--day", type=date.fromisoformat, help="cli-register-day")
            action.add_argument("--accept-ready", action="store_true", help="cli-register-accept")
            action.add_argument("--by", help="cli-register-by")
        if name == "letters":
            action.add_argument("--day", type=date.fromisoformat, help="cli-register-letters-day")
        if name == "hand-over":
            action.add_argument("--zone", default="", help="cli-register-zone")
            action.add_argument("--transferred", action="store_true", help="cli-register-transferred")
            action.add_argument("--known", type=datetime.fromisoformat, help="cli-register-known")
        if name == "verify-package":
            action.add_argument("--keys", type=Path, default=Path("permit-keys.json"), help="cli-register-keys")
        action.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-check-lang")


def run(args: argparse.Namespace) -> int:
    """Carry the action out; 1 where a package is not sound or a proof has no letter, 2 where something is refused."""
    try:
        if args.action == "verify-package":
            return _verify(args)
        context = open_context(Settings())
        schema.upgrade(context.database)
        return _ACTIONS[args.action](context, args)
    except PostFault as error:
        print(translate(args.lang, f"post-{error.code}", name=error.name), file=sys.stderr)
        return REFUSED
    except (RukhsaError, LandError) as error:
        for fault in error.faults if isinstance(error, TableRefused) else ():
            print(fault_text(fault, args.lang), file=sys.stderr)
        print(error_text(error, args.lang), file=sys.stderr)
        return REFUSED
    except (KeySetError, OSError) as error:
        print(error, file=sys.stderr)
        return REFUSED


def _import(context: Context, args: argparse.Namespace) -> int:
    with context.database.transaction() as session:
        batch = take_in(session, actor=SYSTEM, path=args.file, profile=profile_of(args.profile), day=args.day)
        if args.accept_ready:
            user = find_user(session, login=args.by or "")
            if user is None:
                raise NotFound("account-unknown", login=args.by or "")
            accept_ready(session, actor=actor_of(user), batch_id=batch.id)
        counts = counts_of(session, actor=SYSTEM, batch_id=batch.id)
        name = batch.name
    numbers = {code: counts.outcomes.get(code, 0) for code in ("ready", "asks", "refused")}
    numbers |= {code: counts.states.get(code, 0) for code in ("entered", "known", "rejected")}
    print(translate(args.lang, "register-import-said", file=name, **numbers))
    return OK


def _table(context: Context, args: argparse.Namespace) -> int:
    with context.database.reading() as session:
        args.out.write_bytes(write_table(session, actor=SYSTEM))
    return OK


def _hand_over(context: Context, args: argparse.Namespace) -> int:
    with context.database.transaction() as session:
        packed = pack(
            session, actor=SYSTEM, out=args.out, office=context.settings.office, key=signing_key(context.settings),
            scope=Scope(args.zone, args.transferred), known=args.known,
        )  # fmt: skip
    told = {"sheets": packed.counts["sheets.jsonl"], "entries": packed.counts["journal.jsonl"], "entry": packed.entry}
    moment = packed.moment.isoformat()
    print(translate(args.lang, "register-packed", moment=moment, sha256=packed.sha256, **told))
    return OK


def _letters(context: Context, args: argparse.Namespace) -> int:
    day = args.day or today()
    with context.database.reading() as session:
        letters = letters_of(session, actor=SYSTEM, day=day)
    name = PostFolder(args.folder).send(day, letters)
    print(translate(args.lang, "post-letters-said", count=len(letters), name=name))
    return OK


def _proofs(context: Context, args: argparse.Namespace) -> int:
    with context.database.transaction() as session:
        proved = take_proofs(session, actor=SYSTEM, proofs=PostFolder(args.folder).proofs())
    for one in proved.unplaced:
        code = translate(args.lang, f"post-unplaced-{one.code}")
        print(one.proof.tracking, one.proof.order, one.proof.outcome, code, sep="\t")
    count = len(proved.unplaced)
    print(translate(args.lang, "post-proofs-said", taken=proved.taken, known=proved.known, unplaced=count))
    return WRONG if count else OK


def _verify(args: argparse.Namespace) -> int:
    verdict = verify_package(args.file, read_public_set(args.keys))
    for fault in verdict.faults:
        print(translate(args.lang, f"register-package-{fault.code}", member=fault.member))
    if verdict.faults or verdict.manifest is None:
        return WRONG
    told = {name: verdict.manifest[name] for name in ("office", "moment", "entry")}
    print(translate(args.lang, "register-package-sound", kid=verdict.kid, **told))
    return OK


_ACTIONS: dict[str, Callable[[Context, argparse.Namespace], int]] = {
    "import": _import, "table": _table, "hand-over": _hand_over, "letters": _letters, "proofs": _proofs,
}  # fmt: skip
