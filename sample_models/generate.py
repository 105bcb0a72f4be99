"""Write every sample again: `python -m sample_models.generate [folder]`; two runs give equal bytes."""

import sys
from pathlib import Path

from sample_models.layers import write_zone

HOME = Path(__file__).parent


def generate(folder: Path) -> list[Path]:
    """Write the zone's layers below `folder`; the paths written."""
    return write_zone(folder / "zone")


if __name__ == "__main__":
    for path in generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME):
        print(f"{path.stat().st_size:>9}  {path.name}")
