"""`rukhsa reconcile`: the bank's statement, what does not agree, and closing a day."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from api.context import open_context
from permits import schema
from permits.errors import NotFound, RukhsaError
from permits.i18n import error_text, translate
from permits.jobs import Context
from permits.money.money import format_piastres
from permits.money.reconciliation.breaks import age_of, open_breaks
from permits.money.reconciliation.closing import breaks_of, close_day, show_day
from permits.money.reconciliation.importing import import_statement
from permits.money.reconciliation.showing import party_name
from permits.money.reconciliation.tables import Break
from permits.people.accounts import actor_of, find_user
from permits.people.actor import SYSTEM
from permits.settings import Settings

OK, BROKEN, REFUSED = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action with its own arguments."""
    language, shape = parser.get_default("lang"), parser.formatter_class
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name in _ACTIONS:
        key = f"cli-reconcile-{name}"
        action = actions.add_parser(name, help=key, description=key, formatter_class=shape)
        if name == "statement":
            action.add_argument("file", type=Path)
        if name in ("show", "close"):
            action.add_argument("party", help="cli-reconcile-party")
            action.add_argument("day", help="cli-reconcile-day")
        if name == "close":
            action.add_argument("--by", required=True, help="cli-reconcile-by")
        action.add_argument("--lang", choices=("ar", "en"), default=language, help="cli-check-lang")


def run(args: argparse.Namespace) -> int:
    """Carry the action out; 1 where something does not agree, 2 where it is refused."""
    context = open_context(Settings())
    schema.upgrade(context.database)
    try:
        return _ACTIONS[args.action](context, args)
    except RukhsaError as error:
        print(error_text(error, args.lang), file=sys.stderr)
    except OSError as error:
        print(error, file=sys.stderr)
    return REFUSED


def _statement(context: Context, args: argparse.Namespace) -> int:
    with context.database.transaction() as session:
        read = import_statement(session, actor=SYSTEM, content=args.file.read_bytes())
    closing = _money(args, read.closing)
    print(translate(args.lang, "reconcile-imported", account=read.account, day=read.last_day, closing=closing))
    return OK


def _breaks(context: Context, args: argparse.Namespace) -> int:
    with context.database.reading() as session:
        found = open_breaks(session, actor=SYSTEM)
    for row in found:
        print(row.day, party_name(row.party, args.lang), _told(args, row), sep="\t")
    if not found:
        print(translate(args.lang, "reconcile-no-breaks"))
    return BROKEN if found else OK


def _told(args: argparse.Namespace, row: Break) -> str:
    kind = translate(args.lang, f"break-{row.kind.replace('_', '-')}")
    owner = translate(args.lang, f"break-owner-{row.owner}")
    state = translate(args.lang, f"break-state-{row.state}")
    age = translate(args.lang, "break-age", days=age_of(row))
    return "\t".join((kind, row.subject, _money(args, row.piastres), owner, age, state))


def _show(context: Context, args: argparse.Namespace) -> int:
    with context.database.reading() as session:
        day = show_day(session, actor=SYSTEM, party=args.party, day=args.day)
        rows = breaks_of(session, party=args.party, day=args.day)
    print(party_name(args.party, args.lang), args.day, translate(args.lang, f"day-state-{day.state.replace('_', '-')}"))
    for name in ("ours", "theirs", "announced", "bank"):
        print(translate(args.lang, f"side-{name}"), _money(args, getattr(day.sides, name)), sep="\t")
    for row in rows:
        print(_told(args, row))
    return BROKEN if day.breaks else OK


def _close(context: Context, args: argparse.Namespace) -> int:
    with context.database.transaction() as session:
        user = find_user(session, login=args.by)
        if user is None:
            raise NotFound("account-unknown", login=args.by)
        closed = close_day(session, actor=actor_of(user), party=args.party, day=args.day)
    print(translate(args.lang, "reconcile-closed", day=closed.day, sha256=closed.sha256))
    return OK


def _money(args: argparse.Namespace, piastres: int) -> str:
    return format_piastres(piastres, arabic=args.lang == "ar")


_ACTIONS: dict[str, Callable[[Context, argparse.Namespace], int]] = {
    "statement": _statement, "breaks": _breaks, "show": _show, "close": _close,
}  # fmt: skip
