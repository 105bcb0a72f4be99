"""`python -m api.fonts SOURCE TARGET`: the fonts of pages, with nothing in them that no page shows.

The font's package splits it by script, but its Arabic half carries the letters of every language written so and the
presentation forms of old encodings. Pages show U+0600–06FF and shape it by the font's own tables, which are kept with
the glyphs that they lead to; a third less comes over a slow line.
"""

import sys
from pathlib import Path

from fontTools import subset

NAME = "ibm-plex-sans-arabic-{script}-{weight}-normal.woff2"
WEIGHTS = ("400", "700")
SHOWN = {
    "arabic": [*range(0x0600, 0x0700), *range(0x200C, 0x2010), *range(0x2066, 0x206A)],
    "latin": [*range(0x0600), *range(0x2000, 0x200C), *range(0x2010, 0x2066), *range(0x2070, 0x2C00)],
}
"""Code points by the script of a file; the style sheet's `unicode-range` says the same."""


def write_fonts(source: Path, target: Path) -> None:
    """Write the regular and bold of each script from the package's files into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    options = subset.Options(flavor="woff2")
    for script, shown in SHOWN.items():
        for weight in WEIGHTS:
            name = NAME.format(script=script, weight=weight)
            font = subset.load_font(source / name, options)
            wanted = subset.Subsetter(options)
            wanted.populate(unicodes=shown)
            wanted.subset(font)
            subset.save_font(font, target / name, options)


if __name__ == "__main__":
    write_fonts(Path(sys.argv[1]), Path(sys.argv[2]))
