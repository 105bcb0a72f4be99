"""How a command that judges something ends: nothing fails, something does, the input is refused, or we are to blame."""

import argparse
import sys
from collections.abc import Callable

OK, FAILURES, REFUSED, INTERNAL = range(4)


def guarded(work: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """The exit code of `work`, whatever happens: an error is told in the language of `args`."""
    try:
        return work(args)
    except Exception as error:  # noqa: BLE001 - told, and exit 2 or 3
        from api.cli.checked import error_text

        text, input_is_wrong = error_text(error, args.lang)
        print(text, file=sys.stderr)
        return REFUSED if input_is_wrong else INTERNAL
