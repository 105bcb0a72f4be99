"""Checks of the file: its header, identifiers and characters."""

import re
from collections import Counter
from datetime import datetime

from bim.findings import Reason
from bim.guide.checks.registry import Checked, Params, check, found, ids
from bim.guide.checks.subject import Subject

_GUID = re.compile(r"[0-3][0-9A-Za-z_$]{21}")
_GUIDS = re.compile(rf"(?:{_GUID.pattern}\n)*")
_VIEW = re.compile(r"ViewDefinition\s*\[\s*[^\]\s]", re.IGNORECASE)
_SPOILT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ufffd]"  # control characters and the replacement character
    "|(?:[ØÙÚÛ][\u00a0-\u00bf\u0152-\u0192\u2013-\u2122]){2}"  # UTF-8 Arabic that was read as Latin letters
    "|[\u00c0-\u00ff]{4}"  # Windows-1256 Arabic that was read as Latin letters
    r"|\?{3}"  # letters that the encoding did not have
)
_BETWEEN = "\ue000"
"""Stands between names that are searched together: a letter of no script."""


@check("header")
def header(subject: Subject, _: Params) -> Checked:
    """The file says which system made it and who."""
    missing = [n for n, said in (("author", subject.header.authors), ("system", subject.header.tool)) if not said]
    return Checked(2, tuple(missing))


@check("header_organization")
def header_organization(subject: Subject, _: Params) -> Checked:
    """The header names an organisation."""
    return Checked(1, () if subject.header.organizations else ("organization",))


@check("header_timestamp", earliest=int)
def header_timestamp(subject: Subject, params: Params) -> Checked:
    """The time stamp is one of ISO 8601, not before the year `earliest`."""
    said = subject.header.timestamp
    try:
        year = datetime.fromisoformat(said).year
    except ValueError:
        return Checked(1, ("time_stamp",), reason=found(said or "-", "ISO 8601"))
    if year < params["earliest"]:
        return Checked(1, ("time_stamp",), reason=found(said, f">= {params['earliest']}"))
    return Checked(1)


@check("header_view")
def header_view(subject: Subject, _: Params) -> Checked:
    """The description states a model view definition."""
    said = any(_VIEW.search(text) for text in subject.header.description)
    return Checked(1, () if said else ("ViewDefinition",))


@check("header_file_name", pattern=str)
def header_file_name(subject: Subject, params: Params) -> Checked:
    """The name of the file matches `pattern` as a whole."""
    said = subject.header.name
    if re.fullmatch(params["pattern"], said):
        return Checked(1)
    return Checked(1, ("name",), reason=found(said or "-", params["pattern"]))


@check("schema", accepted=list)
def schema(subject: Subject, params: Params) -> Checked:
    """The header names one schema, and it is one of `accepted`."""
    said = subject.header.schemas
    if len(said) == 1 and said[0] in params["accepted"]:
        return Checked(1)
    return Checked(1, ("FILE_SCHEMA",), reason=found(", ".join(said) or "-", ", ".join(params["accepted"])))


@check("application")
def application(subject: Subject, _: Params) -> Checked:
    """Every application has a name and a version; IFC2X3 asks for one."""
    applications = subject.of("IfcApplication")
    if not applications and subject.model.schema == "IFC2X3":
        return Checked(1, ("IfcApplication",))
    nameless = [a for a in applications if not (a.ApplicationFullName or "").strip() or not (a.Version or "").strip()]
    return Checked(len(applications), tuple(f"IfcApplication #{a.id()}" for a in nameless))


@check("global_ids")
def global_ids(subject: Subject, _: Params) -> Checked:
    """GlobalIds are 22 characters of the IFC alphabet, each used once."""
    keys = subject.ids
    if len(set(keys)) == len(keys) and _GUIDS.fullmatch("\n".join([*keys, ""])):
        return Checked(len(keys))
    count = Counter(keys)
    return Checked(len(keys), tuple(sorted(i for i, n in count.items() if n > 1 or not _GUID.fullmatch(i))))


@check("owner_history")
def owner_history(subject: Subject, _: Params) -> Checked:
    """In IFC2X3 every rooted entity has its owner history."""
    if subject.model.schema != "IFC2X3":
        return Checked(0, reason=Reason("other_schema", {"schema": subject.model.schema}))
    count = len(subject.ids)
    if sum(map(subject.model.get_total_inverses, subject.of("IfcOwnerHistory"))) == count:
        return Checked(count)  # as many references as there are entities that have one each
    return Checked(count, ids(root for root in subject.of("IfcRoot") if root[1] is None))


@check("characters")
def characters(subject: Subject, _: Params) -> Checked:
    """No name holds a control or replacement character, or Arabic lost in an encoding or to the reader."""
    named = [(thing, thing[2]) for thing in subject.of("IfcProduct", "IfcTypeObject", "IfcGroup", "IfcProject")]
    named += [(thing, thing.LongName) for thing in subject.of("IfcSpatialStructureElement", "IfcProject")]
    if subject.header.unencoded:
        lost = found(f"{subject.header.unencoded} bytes", "\\X2\\…\\X0\\")
        return Checked(len(named), ("ISO 10303-21",), reason=lost)
    if not _SPOILT.search(_BETWEEN.join(name for _, name in named if name)):  # all at once, as nearly always
        return Checked(len(named))
    return Checked(len(named), ids(thing for thing, name in named if name and _SPOILT.search(name)))
