"""`python -m tests.conformance`: run everything against the published cases, write docs/conformance.md."""

from tests.conformance.page import PAGE, page

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
