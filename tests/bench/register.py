"""`python -m tests.bench.register [acts]`: random acts on sheets in memory, each of which must stay exactly one whole.

A million acts by default; the figures are printed. The check is made here again, beside that of the acts themselves.
"""

import sys
import time
from fractions import Fraction
from random import Random

from tests.register.towns import act_on, new_sheet

SHEETS = 1000
ACTS = 1_000_000
LIFE = 150
"""Acts on a sheet before another takes its place: exact fractions grow with every generation."""


def run(acts: int, seed: int = 7) -> tuple[float, int, int]:
    """Seconds, the longest denominator in digits, the most owners of one sheet; AssertionError on the first fault."""
    draw = Random(seed)  # noqa: S311 - a town, not a secret
    sheets, ages = [new_sheet(draw) for _ in range(SHEETS)], [0] * SHEETS
    longest = most = 0
    start = time.perf_counter()
    for _ in range(acts):
        at = draw.randrange(SHEETS)
        state = act_on(sheets[at], draw)
        total = sum(state.holdings.values(), Fraction(0))
        if total != 1 or min(state.holdings.values()) <= 0:
            raise AssertionError(f"a sheet holds {total}")
        most = max(most, len(state.holdings))
        ages[at] += 1
        if ages[at] == LIFE:
            longest = max(longest, *(len(str(share.denominator)) for share in state.holdings.values()))
            state, ages[at] = new_sheet(draw), 0
        sheets[at] = state
    return time.perf_counter() - start, longest, most


def main() -> None:
    """Run and tell."""
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else ACTS
    seconds, longest, most = run(acts)
    print(
        f"{acts} acts on {SHEETS} sheets in {seconds:.1f} s ({acts / seconds:.0f} a second): every sheet one whole "
        f"after every act; longest denominator {longest} digits, most owners {most}"
    )


if __name__ == "__main__":
    main()
