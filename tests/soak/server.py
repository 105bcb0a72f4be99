"""`rukhsa serve` that knows the payable subject of the soak."""

import sys

from api.cli import main
from tests.soak.office import register

if __name__ == "__main__":
    register()
    sys.exit(main())
