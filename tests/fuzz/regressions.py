"""Mutations that a review once answered badly: their operator, source and seed, with what went wrong."""

from dataclasses import dataclass

from tests.fuzz.catalogue import Case


@dataclass(frozen=True)
class Regression:
    """A case and what became of it before the program was mended."""

    case: Case
    wrong: str


REGRESSIONS = (
    Regression(
        Case("aggregation_cycle", "samples/models/complies.ifc", "2168096140"),
        "a wall was part of itself, and the kernel's walk to its storey never ended",
    ),
    Regression(
        Case("same_global_id", "samples/rules/BIM-720/fail-ground-storey-without.ifc", "1594236212"),
        "a wall had no GlobalId: a thread of the kernel died of it, and the others waited for ever",
    ),
    Regression(
        Case("foot", "ifc/PCERT_Building-Architecture.ifc", "3970711177"),
        "a length unit was based on itself, and the search for its metres never ended",
    ),
    Regression(
        Case("foot", "samples/models/cannot-be-judged.ifc", "3701584996"),
        "a foot of no length: division by zero, and no report",
    ),
    Regression(
        Case("far_away", "samples/models/complies.ifc", "2457567120"),
        "a distance was infinite, and the report no JSON",
    ),
    Regression(
        Case("polyline", "samples/models/planted-violations.ifc", "68982166"),
        "a line without points ended the kernel by a division by zero, which was not known for a crash",
    ),
    Regression(
        Case("placement_cycle", "ifc/revit2013_unicode_jp.ifc", "2270771553"),
        "every placement was relative to another: both kernels crash, and the count of what was looked at did too",
    ),
    Regression(
        Case(
            "entity_dropped",
            "conformance/ids_2026/partof/fail-the_container_entity_must_match_exactly_1_2.ifc",
            "2778483305",
        ),
        "the one space was gone, and the comparison took that for a silent loss",
    ),
    Regression(
        Case(
            "argument_dropped",
            "conformance/gherkin/SPS/sps008/fail-sps008-scenario03-ifcbridge_with_representation.ifc",
            "3876996372",
        ),
        "a GlobalId was no text: the check of GlobalIds broke, and so did the count of what was looked at",
    ),
    Regression(
        Case("line_deleted", "samples/models/planted-violations.ifc", "2074778028"),
        "the child of a refused file ended by itself just as it was being killed, and its parent asked for it twice",
    ),
    Regression(
        Case("wrong_class", "conformance/gherkin/IFC/ifc106/pass-ifc106-wellknowntext.ifc", "452239799"),
        "a name was another entity of the model, and the report no JSON",
    ),
    Regression(
        Case("wrong_class", "samples/models/complies.ifc", "3360325628"),
        "a storey's name was another entity, of which no copy can be made, and there was no report",
    ),
)
