"""`python -m api.docs [--check]`."""

import sys

from api import docs

if "--check" in sys.argv[1:]:
    found = docs.stale()
    sys.exit(f"stale, run `make docs`: {', '.join(found)}" if found else 0)
docs.write()
