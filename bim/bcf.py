"""BCF 2.1: findings as topics that authoring tools open; the same topics give the same bytes."""

import io
import math
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from bim.report import Box

_SPACE = uuid.UUID("6f1f4a52-6f0c-5d0e-9d8a-3b1c8a0f5f11")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_VIEW = 60
"""Degrees."""
_NEAREST = 2.0
"""Metres around the smallest thing that is looked at."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Topic:
    """One issue; texts come from the caller. `box` is what its camera looks at, None where that is not known."""

    key: str
    title: str
    description: str
    elements: tuple[str, ...] = ()
    severity: str = "error"
    box: Box | None = None


def write(topics: Sequence[Topic], *, project: str, author: str, on: date) -> bytes:
    """The zip of a BCF 2.1 file: a version, a project, and markup and viewpoint for each topic."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "bcf.version", '<Version VersionId="2.1"><DetailedVersion>2.1</DetailedVersion></Version>')
        identity = uuid.uuid5(_SPACE, project)
        _add(
            archive,
            "project.bcfp",
            f'<ProjectExtension><Project ProjectId="{identity}"><Name>{escape(project)}</Name></Project>'
            "<ExtensionSchema></ExtensionSchema></ProjectExtension>",
        )
        for topic in topics:
            guid = uuid.uuid5(identity, topic.key)
            _add(archive, f"{guid}/markup.bcf", _markup(topic, guid, author, on))
            if topic.elements:
                _add(archive, f"{guid}/viewpoint.bcfv", _viewpoint(topic, uuid.uuid5(guid, "viewpoint")))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, body: str) -> None:
    """A fixed date, since a zip otherwise holds the time of writing."""
    member = zipfile.ZipInfo(name, _EARLIEST)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, _HEAD + body)


def _markup(topic: Topic, guid: uuid.UUID, author: str, on: date) -> str:
    view = uuid.uuid5(guid, "viewpoint")
    viewpoints = (
        f'<Viewpoints Guid="{view}"><Viewpoint>viewpoint.bcfv</Viewpoint></Viewpoints>' if topic.elements else ""
    )
    return (
        f'<Markup><Topic Guid="{guid}" TopicType={quoteattr(topic.severity.capitalize())} TopicStatus="Open">'
        f"<Title>{escape(topic.title)}</Title><CreationDate>{on.isoformat()}T00:00:00Z</CreationDate>"
        f"<CreationAuthor>{escape(author)}</CreationAuthor><Description>{escape(topic.description)}</Description>"
        f"</Topic>{viewpoints}</Markup>"
    )


def _viewpoint(topic: Topic, guid: uuid.UUID) -> str:
    selection = "".join(f"<Component IfcGuid={quoteattr(element)}/>" for element in topic.elements)
    return (
        f'<VisualizationInfo Guid="{guid}"><Components><Selection>{selection}</Selection>'
        f'<Visibility DefaultVisibility="true"/></Components>{_camera(topic.box) if topic.box else ""}'
        "</VisualizationInfo>"
    )


def _camera(box: Box) -> str:
    """Look down on the box from the south-west, so far away that the sphere around it fills the view."""
    centre = [(low + high) / 2 for low, high in zip(box[:3], box[3:], strict=True)]
    radius = max(math.dist(box[:3], box[3:]) / 2, _NEAREST)
    away = radius / math.sin(math.radians(_VIEW / 2)) / math.sqrt(3)
    x, y, z = centre[0] - away, centre[1] - away, centre[2] + away
    return (
        f"<PerspectiveCamera>{_point('CameraViewPoint', x, y, z)}"
        f"{_point('CameraDirection', 0.57735, 0.57735, -0.57735)}"
        f"{_point('CameraUpVector', 0.40825, 0.40825, 0.8165)}<FieldOfView>{_VIEW}</FieldOfView></PerspectiveCamera>"
    )


def _point(name: str, x: float, y: float, z: float) -> str:
    return f"<{name}><X>{x:.4f}</X><Y>{y:.4f}</Y><Z>{z:.4f}</Z></{name}>"
