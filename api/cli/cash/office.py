"""What the office does for its desks."""

import argparse
from collections.abc import Callable

from api.context import open_context
from permits import schema
from permits.cash.conflicts import agreement, decide, open_conflicts
from permits.cash.desks import add_centre, add_desk, give_block, hand_out
from permits.cash.importing import import_package
from permits.documents.keys import public_keys, signing_key
from permits.i18n import translate
from permits.jobs import Context
from permits.money.money import format_piastres
from permits.people.actor import SYSTEM
from permits.settings import Settings

OK, DIFFERENT = 0, 1


def _opened() -> Context:
    context = open_context(Settings())
    schema.upgrade(context.database)
    return context


def _say(args: argparse.Namespace, key: str, /, **values: str | float) -> int:
    print(translate(args.lang, key, **values))
    return OK


def _centre(args: argparse.Namespace) -> int:
    with _opened().database.transaction() as session:
        add_centre(session, actor=SYSTEM, code=args.code, name_ar=args.name_ar, name_en=args.name_en)
    return _say(args, "cash-centre-done", centre=args.code)


def _desk(args: argparse.Namespace) -> int:
    context, keys = _opened(), args.file.read_text(encoding="utf-8")
    with context.database.transaction() as session:
        desk = add_desk(
            session, actor=SYSTEM, centre=args.centre, public_keys=keys, until=args.until,
            office_key=signing_key(context.settings),
        )  # fmt: skip
    return _say(args, "cash-desk-done", desk=desk.code)


def _block(args: argparse.Namespace) -> int:
    context = _opened()
    with context.database.transaction() as session:
        block = give_block(session, actor=SYSTEM, office=context.settings.office, desk=args.desk, size=args.size)
    return _say(args, "cash-block-done", first=block.number(block.first), last=block.number(block.last))


def _hand_out(args: argparse.Namespace) -> int:
    context = _opened()
    with context.database.transaction() as session:
        signed = hand_out(session, actor=SYSTEM, desk=args.desk, office_key=signing_key(context.settings))
    args.out.write_bytes(signed)
    print(args.out)
    return OK


def _keys(args: argparse.Namespace) -> int:
    args.file.write_text(public_keys(Settings()), encoding="utf-8")
    print(args.file)
    return OK


def _import(args: argparse.Namespace) -> int:
    context, text = _opened(), args.file.read_text(encoding="utf-8")
    with context.database.transaction() as session:
        done = import_package(session, actor=SYSTEM, office=context.settings.office, text=text)
    _say(
        args, "cash-imported", desk=done.desk, entries=done.entries, shifts=done.shifts, payments=done.payments,
        conflicts=done.conflicts,
    )  # fmt: skip
    if done.ahead:
        _say(args, "cash-imported-ahead", desk=done.desk, minutes=done.ahead)
    return OK if done.whole else DIFFERENT + _say(args, "cash-imported-part")


def _agreement(args: argparse.Namespace) -> int:
    with _opened().database.transaction() as session:
        told = agreement(session, actor=SYSTEM, desk=args.desk)
    queue, books = (format_piastres(piastres, arabic=args.lang == "ar") for piastres in (told.queue, told.books))
    if not told.agrees:
        return DIFFERENT + _say(args, "cash-disagrees", desk=told.desk, queue=queue, books=books)
    return _say(
        args, "cash-agrees", desk=told.desk, amount=books, used=len(told.used), voided=len(told.voided),
        free=told.free,
    )  # fmt: skip


def _conflicts(args: argparse.Namespace) -> int:
    with _opened().database.reading() as session:
        found = open_conflicts(session, actor=SYSTEM)
    for one in found:
        why = translate(args.lang, f"cash-conflict-{one.code}")
        print(one.id, one.number, one.reference, format_piastres(one.piastres, arabic=args.lang == "ar"), why, sep="\t")
    return OK if found else _say(args, "cash-no-conflicts")


def _decide(args: argparse.Namespace) -> int:
    with _opened().database.transaction() as session:
        decide(session, actor=SYSTEM, conflict_id=args.conflict, decision=args.decision)
    return _say(args, "cash-conflict-decided")


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "centre": _centre, "desk": _desk, "block": _block, "hand-out": _hand_out, "import": _import, "keys": _keys,
    "agreement": _agreement, "conflicts": _conflicts, "decide": _decide,
}  # fmt: skip
