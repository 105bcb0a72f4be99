"""BCF read by models that were generated from the published schemas, which know what an element may hold.

The package that carries them parses leniently, so `problems` walks document and models together and tells every
element or attribute that is unknown, missing, too many, out of order, or not of its form.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from xml.etree import ElementTree as ET

import bcf.v2.model as model_2_1
import bcf.v3.model as model_3_0
from xsdata.formats.dataclass.context import XmlContext
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig

GUID = re.compile(r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MODELS: dict[str, ModuleType] = {"2.1": model_2_1, "3.0": model_3_0}
ROOTS = {
    "2.1": {"bcf.version": "Version", "project.bcfp": "ProjectExtension"},
    "3.0": {"bcf.version": "Version", "project.bcfp": "ProjectInfo", "extensions.xml": "Extensions"},
}
_STRICT = ParserConfig(
    fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True
)
_PARSER = XmlParser(config=_STRICT, context=XmlContext())


def root_of(name: str, version: str) -> str:
    """The element that a member of the zip must hold; KeyError for a member that no BCF has."""
    if name.endswith("/markup.bcf"):
        return "Markup"
    return "VisualizationInfo" if name.endswith(".bcfv") else ROOTS[version][name]


def problems(raw: bytes, version: Literal["2.1", "3.0"]) -> list[str]:
    """What is wrong with a BCF file; none where it is good."""
    archive = zipfile.ZipFile(io.BytesIO(raw))
    names = archive.namelist()
    found = [f"missing {name}" for name in ROOTS[version] if name not in names]
    for name in names:
        if not name.endswith(".png"):
            document, root = archive.read(name), root_of(name, version)
            found += [f"{name}: {problem}" for problem in of_document(document, getattr(MODELS[version], root))]
        if name.endswith("/markup.bcf"):
            found += [f"{name}: {problem}" for problem in _of_topic(ET.fromstring(archive.read(name)), name, names)]  # noqa: S314 - our own
    return found + list(_of_extensions(archive, version))


def of_document(document: bytes, kind: type[Any]) -> list[str]:
    """What is wrong with one document of the zip."""
    element = ET.fromstring(document)  # noqa: S314 - our own
    found = [f"root {element.tag}"] if element.tag != kind.__name__ else []
    found += list(_of_element(element, kind))
    if not found:
        _PARSER.from_bytes(document, kind)  # raises for whatever the walk has overlooked
    return found


def _of_element(element: ET.Element, kind: type[Any]) -> Iterator[str]:
    hints = get_type_hints(kind, vars(__import__(kind.__module__, fromlist=["x"])))
    known = {
        (f.metadata["type"], f.metadata["name"]): (place, f.metadata, hints[f.name])
        for place, f in enumerate(fields(kind))
    }
    for name, value in element.attrib.items():
        if ("Attribute", name) not in known:
            yield f"{element.tag}: unknown attribute {name}"
        else:
            yield from _of_text(f"{element.tag}/@{name}", value, known["Attribute", name][1])
    last, seen = -1, []
    for child in element:
        if ("Element", child.tag) not in known:
            yield f"{element.tag}: unknown element {child.tag}"
            continue
        place, metadata, hint = known["Element", child.tag]
        if place < last:
            yield f"{element.tag}: {child.tag} out of order"
        if child.tag in seen and get_origin(hint) is not list:
            yield f"{element.tag}: {child.tag} twice"
        last = place
        seen.append(child.tag)
        inner = next((part for part in (hint, *get_args(hint)) if is_dataclass(part)), None)
        yield from _of_text(child.tag, child.text or "", metadata) if inner is None else _of_element(child, inner)
    here = {("Attribute", name) for name in element.attrib} | {("Element", tag) for tag in seen}
    yield from (
        f"{element.tag}: no {name}" for name, (_, m, _h) in known.items() if m.get("required") and name not in here
    )


def _of_text(place: str, text: str, metadata: Any) -> Iterator[str]:
    if metadata.get("white_space") == "collapse":
        text = " ".join(text.split())
    if len(text) < metadata.get("min_length", 0):
        yield f"{place}: empty"
    if len(text) != metadata.get("length", len(text)):
        yield f"{place}: {len(text)} characters"
    if "pattern" in metadata and not re.fullmatch(metadata["pattern"], text):
        yield f"{place}: {text} is not {metadata['pattern']}"
    if metadata["name"].endswith("Date") and not DATE.fullmatch(text):
        yield f"{place}: {text} is no date"


def _of_topic(markup: ET.Element, name: str, names: list[str]) -> Iterator[str]:
    """The folder bears the topic's GUID, in small letters, and holds what the topic names."""
    folder = name.split("/")[0]
    topic = markup.find("Topic")
    if topic is None or topic.get("Guid") != folder or not GUID.fullmatch(folder):
        yield f"folder {folder}"
    views = [*markup.iter("Viewpoints"), *markup.iter("ViewPoint")]
    for view in (view for view in views if view.get("Guid")):
        for kind in ("Viewpoint", "Snapshot"):
            said = view.findtext(kind)
            if said is not None and f"{folder}/{said}" not in names:
                yield f"no {kind} {said}"


def _of_extensions(archive: zipfile.ZipFile, version: str) -> Iterator[str]:
    """BCF 3.0 lists every type, status, label and user that its topics use."""
    if version != "3.0" or "extensions.xml" not in archive.namelist():
        return
    listed = ET.fromstring(archive.read("extensions.xml"))  # noqa: S314 - our own
    allowed = {kind: {e.text for e in listed.iter(kind)} for kind in ("TopicType", "TopicStatus", "TopicLabel", "User")}
    for name in archive.namelist():
        if name.endswith("/markup.bcf"):
            topic = next(ET.fromstring(archive.read(name)).iter("Topic"))  # noqa: S314 - our own
            said = [("TopicType", topic.get("TopicType")), ("TopicStatus", topic.get("TopicStatus"))]
            said += [("TopicLabel", label.text) for label in topic.iter("Label")]
            said += [("User", topic.findtext("CreationAuthor"))]
            yield from (f"{name}: {kind} {value} is not listed" for kind, value in said if value not in allowed[kind])
