"""Everything that the demonstration tells, in order: cases, sections, an extract, a place, a closed day, a lease."""

import tempfile
from pathlib import Path

from api.demo.council import keep_council_property
from api.demo.extracting import order_extract
from api.demo.office import SAMPLES, Office
from api.demo.paying import Payers
from api.demo.saying import say
from api.demo.sections import open_section_sheets
from api.demo.settling import settle_day
from api.demo.story import Story
from api.demo.street import license_tables
from permits import audit
from sample_models.building import build
from sample_models.design import Design
from sample_models.samples import PLANTED

ZONE, COMPLYING_PLOT = "FZ-1", "103"


def tell_all(office: Office, server: str, switch: str) -> None:
    """Tell it to a running server and switch; raises where anything ends otherwise than it should."""
    story, payers = Story(office, server, switch), Payers(office, switch)
    complies = SAMPLES / "models" / "complies.ifc"
    case_id = story.tell(
        zone=ZONE, plot=COMPLYING_PLOT, title="بناء سكني مطابق", models=[complies], pay=payers.told_thrice
    )
    open_section_sheets(office, zone=ZONE, plot=COMPLYING_PLOT, case_id=case_id)
    with tempfile.TemporaryDirectory() as folder:
        mended = Path(folder) / "mended.ifc"
        build(Design("mended", PLANTED.plot, PLANTED.reference_level), mended, schema="IFC4", millimetres=False)
        models = [SAMPLES / "models" / "planted-violations.ifc", mended]
        story.tell(zone=ZONE, plot=PLANTED.plot, title="بناء سكني فيه مخالفات", models=models, pay=payers.at_the_centre)
    story.end()
    order_extract(office, payers.simply, zone=ZONE, plot=PLANTED.plot)
    license_tables(office, payers.answer_lost, zone=ZONE, plot=COMPLYING_PLOT)
    settle_day(office, switch)
    keep_council_property(office)
    with office.context.database.reading() as session:
        verdict = audit.verify(session)
    if verdict.broken:
        raise RuntimeError(f"the audit chain is broken: {verdict.broken}")
    say(f"سلسلة التدقيق سليمة: {verdict.rows} قيداً", f"The audit chain is sound: {verdict.rows} entries")
