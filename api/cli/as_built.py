"""`rukhsa compare --as-built`: deviations from the permit; exit 0 none, 1 some, 2 refused, 3 our error."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from api.cli.exits import FAILURES, OK

if TYPE_CHECKING:
    from bim.asbuilt.report import AsBuilt
    from bim.packs import CodePack


def run(args: argparse.Namespace, on: date) -> int:
    """Compare, print, write what was asked for."""
    from permits.asbuilt.check import check_as_built, tolerances

    found = check_as_built(args.old, args.new, layers=args.layers, plot=args.plot, on=on)
    pack = tolerances(on)
    if args.json:
        args.json.write_bytes(found.to_json())
    if args.html:
        from permits.asbuilt.page import render

        args.html.write_text(render(found, language=args.lang, pack=pack), encoding="utf-8")
    print("\n".join(_lines(found, pack, args.lang)))
    if args.geojson:
        from permits.asbuilt.map import as_geojson

        text = json.dumps(as_geojson(found), ensure_ascii=False, separators=(",", ":"))
        args.geojson.write_text(text, encoding="utf-8")
    return FAILURES if found.verdict == "fail" else OK


def _lines(found: "AsBuilt", pack: "CodePack", language: str) -> Iterator[str]:
    """The verdict, the frame, then what fails or is undecided."""
    from bim.findings import Outcome
    from permits.asbuilt import telling
    from permits.i18n import translate

    yield f"{found.built.name}: {translate(language, f'deviation-verdict-{found.verdict}')}"
    yield f"  {telling.frame_text(found, language)}"
    yield f"  {pack.id} {pack.version}: {translate(language, f'review-status-{pack.status}')}"
    storeys = telling.storey_names(found)
    for deviation in telling.heaviest_first(found):
        finding = deviation.finding
        if finding.outcome not in (Outcome.FAIL, Outcome.UNDECIDED):
            continue
        names = [pack.entries[finding.rule].title[language], telling.subject(deviation, language)]
        names.append(storeys.get(finding.storey or "", ""))
        about = " · ".join(name for name in names if name)
        yield f"{translate(language, f'review-outcome-{finding.outcome}')}: {finding.rule} {about}"
        yield f"    {telling.sentence(deviation, language)}"
