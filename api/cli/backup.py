"""`rukhsa backup`: copy the database while it runs, list its documents, prove the copy; or prove one made before."""

import argparse
from pathlib import Path

from api.context import open_context
from permits.errors import RukhsaError
from permits.i18n import error_text
from permits.settings import Settings
from permits.upkeep.backup import check_backup, make_backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and whether it is only looked at."""
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="only try a backup that was made / تجربة نسخة سابقة فقط")


def run(args: argparse.Namespace) -> int:
    """0 when the copy is whole, 1 where it is not or cannot be made."""
    context = open_context(Settings())
    try:
        made = (check_backup if args.check else make_backup)(context, args.folder)
    except RukhsaError as error:
        print(f"{error_text(error, 'ar')}\n{error_text(error, 'en')}")
        return 1
    listed = "-" if made.documents is None else made.documents
    print(f"OK {made.file} size={made.size} sha256={made.sha256} rows={made.rows} documents={listed}")
    return 0
