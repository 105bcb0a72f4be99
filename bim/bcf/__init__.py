"""BCF 2.1 and 3.0: findings as topics that authoring tools open; the same topics give the same bytes."""

import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from typing import Literal

from bim.bcf import version_2_1, version_3_0
from bim.bcf.topics import Project, Topic
from bim.bcf.xml import DECLARATION, Node

Version = Literal["2.1", "3.0"]
VERSIONS: tuple[Version, ...] = ("2.1", "3.0")
_SPACE = uuid.UUID("6f1f4a52-6f0c-5d0e-9d8a-3b1c8a0f5f11")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FORMS = {"2.1": version_2_1, "3.0": version_3_0}

__all__ = ["VERSIONS", "Project", "Topic", "Version", "write"]


def write(topics: Sequence[Topic], *, project: Project, version: Version = "2.1") -> bytes:
    """The zip of a BCF file: what its version asks of the whole, and markup, viewpoint and snapshot of each topic.

    A topic's identity is that of its key within the project, the same in every version and every time; topics of
    one key are told apart by their order.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _members(topics, project, version):
            member = zipfile.ZipInfo(name, _EARLIEST)  # a fixed date, since a zip otherwise holds the time of writing
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content if isinstance(content, bytes) else DECLARATION + content.text())
    return buffer.getvalue()


def _members(topics: Sequence[Topic], project: Project, version: Version) -> Iterator[tuple[str, Node | bytes]]:
    form = _FORMS[version]
    identity = uuid.uuid5(_SPACE, project.name)
    yield from form.whole(project, identity, topics)
    seen: dict[str, int] = {}
    for topic in topics:
        seen[topic.key] = seen.get(topic.key, 0) + 1
        guid = uuid.uuid5(identity, topic.key if seen[topic.key] == 1 else f"{topic.key} {seen[topic.key]}")
        yield f"{guid}/markup.bcf", form.markup(topic, guid, project)
        if topic.has_view:
            yield f"{guid}/viewpoint.bcfv", form.viewpoint(topic, uuid.uuid5(guid, "viewpoint"))
        if topic.snapshot:
            yield f"{guid}/snapshot.png", topic.snapshot
