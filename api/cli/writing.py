"""The files that `rukhsa check` writes, each form loaded only where it is asked for."""

import argparse
import hashlib
import json

from bim.report import Report
from permits.review.wording import Clauses


def write(args: argparse.Namespace, report: Report, clauses: Clauses) -> None:
    """The files that were asked for."""
    if args.json:
        args.json.write_bytes(report.to_json())
    if args.html:
        from permits.review.html import render

        args.html.write_text(render(report, language=args.lang, clauses=clauses), encoding="utf-8")
    if args.xlsx:
        from permits.review.excel import workbook_of

        args.xlsx.write_bytes(workbook_of(report, language=args.lang, clauses=clauses))
    if args.pdf:
        args.pdf.write_bytes(_pdf(report, clauses, args.lang))
    if args.bcf:
        from permits.review.topics import bcf_of

        args.bcf.write_bytes(bcf_of(report, language=args.lang, clauses=clauses, version=args.bcf_version))
    _write_volumes(args, report)


def _write_volumes(args: argparse.Namespace, report: Report) -> None:
    """The building against what is allowed, for a map, a city model or a viewer."""
    if not (args.geojson or args.cityjson or args.glb):
        return
    from permits.review import volumes

    if args.geojson:
        text = json.dumps(volumes.as_geojson(report), ensure_ascii=False, separators=(",", ":"))
        args.geojson.write_text(text, encoding="utf-8")
    if args.cityjson:
        args.cityjson.write_bytes(volumes.as_cityjson(report))
    if args.glb:
        args.glb.write_bytes(volumes.as_glb(report))


def _pdf(report: Report, clauses: Clauses, language: str) -> bytes:
    """The summary, whose code is the hash of the report that `--json` writes."""
    from permits.documents.render import font_folder
    from permits.review.pdf import Source, pdf_of

    source = Source(hashlib.sha256(report.to_json()).hexdigest())
    return pdf_of(report, language=language, clauses=clauses, source=source, fonts=font_folder())
