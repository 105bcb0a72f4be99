"""`python -m tests.accuracy`: write docs/accuracy.md."""

from tests.accuracy.page import PAGE, page

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
