"""A person's way through the program in one language, told by the keys of its texts, with pictures for the manual.

What is pressed, filled and seen is named by its key in the catalogue, so that one walk goes through both languages
and a text that is renamed is renamed here too. Pictures are kept only where RUKHSA_MANUAL names a folder.
"""

import io
import os
import re
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page, expect

from permits.i18n import known, translate

PATIENCE = 30_000
COLOURS = 32
MARGIN = 16
IDLE = "() => !window.Bokeh || Bokeh.documents.every((one) => one.is_idle)"


class Walk:
    """One page in the hands of one person."""

    def __init__(self, page: Page, address: str, language: str) -> None:
        self.page, self.address, self.language = page, address, language
        page.set_default_timeout(PATIENCE)

    def said(self, key: str, **values: str | float) -> str:
        """The program's text in the language of the walk."""
        return translate(self.language, key, **values)

    def words(self, arabic: str, english: str) -> str:
        """What this person types."""
        return {"ar": arabic, "en": english}[self.language]

    def go(self, path: str) -> None:
        """Open an address of the office."""
        self.page.goto(f"{self.address}{path}")

    def press(self, key: str, *, at: int = 0) -> None:
        """A button, a link, or the head of a folded form."""
        name = self.said(key)
        one = self.page.get_by_role("button", name=name, exact=True)
        one.or_(self.page.get_by_role("link", name=name, exact=True)).nth(at).click()

    def field(self, key: str, *, at: int = 0) -> Locator:
        """A field by its label."""
        return self.page.get_by_label(self.said(key), exact=True).nth(at)

    def fill(self, key: str, text: str, *, at: int = 0) -> None:
        """Type into a field and leave it."""
        self.field(key, at=at).fill(text)
        self.field(key, at=at).press("Tab")

    def write(self, key: str, text: str) -> None:
        """Type into the field of several lines that has this label."""
        self.page.locator("textarea").and_(self.page.get_by_label(self.said(key), exact=True)).fill(text)

    def choose(self, key: str, *words: str, at: int = 0) -> None:
        """The option that has all these words, whatever marks of direction stand between them."""
        field = self.field(key, at=at)
        wanted = field.locator("option")
        for word in words:
            wanted = wanted.filter(has_text=word)
        expect(wanted).to_have_count(1, timeout=PATIENCE)
        field.select_option(index=wanted.evaluate("(one) => one.index"))

    def see(self, what: str, *, inside: Locator | None = None, **values: str | float) -> Locator:
        """A text of the program by its key, or a text as it stands; the last place where it is seen."""
        text = self.said(what, **values) if known(self.language, what) else what
        found = (inside or self.page).get_by_text(text).locator("visible=true").first
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def gone(self, what: str) -> None:
        """A text of the program is seen no more."""
        text = self.said(what) if known(self.language, what) else what
        expect(self.page.get_by_text(text)).to_have_count(0, timeout=PATIENCE)

    def keep(self, step: str, *, top: Locator | None = None) -> None:
        """The picture of a step, from `top` downwards where it is given."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function(IDLE)
        self.page.evaluate("document.fonts.ready")
        if top is None:
            self.page.evaluate("scrollTo(0, 0)")
        else:
            top.evaluate("(one) => scrollTo(0, scrollY + one.getBoundingClientRect().top - 70)")
        folder = os.environ.get("RUKHSA_MANUAL")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            small(self.page.screenshot()).save(Path(folder) / f"{self.language}-{step}.png", optimize=True)


def small(screenshot: bytes) -> Image.Image:
    """A palette picture without the empty ground below what is shown."""
    whole = Image.open(io.BytesIO(screenshot)).convert("RGB")
    ground = Image.new("RGB", whole.size, whole.getpixel((1, whole.height - 1)))  # type: ignore[arg-type] - a pixel of RGB has three numbers
    box = ImageChops.difference(whole, ground).getbbox()
    bottom = min(whole.height, (box[3] if box else whole.height) + MARGIN)
    return whole.crop((0, 0, whole.width, bottom)).quantize(COLOURS, dither=Image.Dither.NONE)


def digits(text: str) -> re.Pattern[str]:
    """A number in either kind of digits."""
    both = {str(one): f"[{one}{chr(0x660 + one)}]" for one in range(10)}
    return re.compile("".join(both.get(sign, re.escape(sign)) for sign in text))
