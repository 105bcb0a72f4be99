"""The files of BCF 2.1, in the order of its schemas."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5

from bim.bcf.camera import perspective
from bim.bcf.topics import NAMES, STATUS, Project, Topic
from bim.bcf.xml import Node, leaf, node

_RED = "FFB3261E"


def whole(project: Project, identity: UUID, _topics: Sequence[Topic]) -> Iterator[tuple[str, Node]]:
    """What speaks of the whole file: its version and its project."""
    yield "bcf.version", node("Version", leaf("DetailedVersion", "2.1"), VersionId="2.1")
    named = node("Project", leaf("Name", project.name), ProjectId=str(identity))
    yield "project.bcfp", node("ProjectExtension", named, leaf("ExtensionSchema", ""))


def markup(topic: Topic, guid: UUID, project: Project) -> Node:
    """One topic with its viewpoint."""
    return node("Markup", _header(project), _topic(topic, guid, project), _viewpoints(topic, guid))


def _header(project: Project) -> Node:
    return node("Header", node("File", leaf("Filename", project.name), leaf("Date", project.stamp), isExternal="true"))


def _topic(topic: Topic, guid: UUID, project: Project) -> Node:
    return node(
        "Topic",
        leaf("Title", topic.title),
        *(leaf("Labels", label) for label in topic.labels),
        leaf("CreationDate", project.stamp),
        leaf("CreationAuthor", project.author),
        leaf("Description", topic.description) if topic.description.strip() else None,
        Guid=str(guid),
        TopicType=NAMES[topic.severity],
        TopicStatus=STATUS,
    )


def _viewpoints(topic: Topic, guid: UUID) -> Node | None:
    if not topic.has_view:
        return None
    snapshot = leaf("Snapshot", "snapshot.png") if topic.snapshot else None
    return node(
        "Viewpoints", leaf("Viewpoint", "viewpoint.bcfv"), snapshot, leaf("Index", "0"),
        Guid=str(uuid5(guid, "viewpoint")),
    )  # fmt: skip


def viewpoint(topic: Topic, guid: UUID) -> Node:
    """The selected elements in red, and the camera."""
    camera = perspective(topic.box) if topic.box else None
    return node("VisualizationInfo", _components(topic), camera, Guid=str(guid))


def _components(topic: Topic) -> Node:
    named = [node("Component", IfcGuid=element) for element in topic.components]
    hints = node("ViewSetupHints", SpacesVisible="true") if topic.spaces else None
    return node(
        "Components",
        hints,
        node("Selection", *named) if named else None,
        node("Visibility", DefaultVisibility="true"),
        node("Coloring", node("Color", *named, Color=_RED)) if named else None,
    )
