"""The files of BCF 3.0, in the order of its schemas."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5

from bim.bcf.camera import perspective
from bim.bcf.topics import NAMES, STATUS, Project, Topic
from bim.bcf.xml import Node, leaf, node

_RED = "FFB3261E"
_RATIO = "1.3333"
"""Width over height of the view: that of the snapshots."""


def whole(project: Project, identity: UUID, topics: Sequence[Topic]) -> Iterator[tuple[str, Node]]:
    """What speaks of the whole file: its version, its project, and every type, status, label and user that it uses."""
    yield "bcf.version", node("Version", VersionId="3.0")
    yield "project.bcfp", node("ProjectInfo", node("Project", leaf("Name", project.name), ProjectId=str(identity)))
    labels = dict.fromkeys(label for topic in topics for label in topic.labels)
    yield (
        "extensions.xml",
        node(
            "Extensions",
            node("TopicTypes", *(leaf("TopicType", name) for name in NAMES.values())),
            node("TopicStatuses", leaf("TopicStatus", STATUS)),
            node("Priorities"),
            node("TopicLabels", *(leaf("TopicLabel", label) for label in labels)),
            node("Users", leaf("User", project.author)),
            node("SnippetTypes"),
            node("Stages"),
        ),
    )


def markup(topic: Topic, guid: UUID, project: Project) -> Node:
    """One topic with its viewpoint."""
    file = node("File", leaf("Filename", project.name), leaf("Date", project.stamp), IsExternal="true")
    return node("Markup", node("Header", node("Files", file)), _topic(topic, guid, project))


def _topic(topic: Topic, guid: UUID, project: Project) -> Node:
    return node(
        "Topic",
        leaf("Title", topic.title),
        node("Labels", *(leaf("Label", label) for label in topic.labels)) if topic.labels else None,
        leaf("CreationDate", project.stamp),
        leaf("CreationAuthor", project.author),
        leaf("Description", topic.description) if topic.description.strip() else None,
        _viewpoints(topic, guid),
        Guid=str(guid),
        TopicType=NAMES[topic.severity],
        TopicStatus=STATUS,
    )


def _viewpoints(topic: Topic, guid: UUID) -> Node | None:
    if not topic.has_view:
        return None
    snapshot = leaf("Snapshot", "snapshot.png") if topic.snapshot else None
    view = node(
        "ViewPoint", leaf("Viewpoint", "viewpoint.bcfv"), snapshot, leaf("Index", "0"),
        Guid=str(uuid5(guid, "viewpoint")),
    )  # fmt: skip
    return node("Viewpoints", view)


def viewpoint(topic: Topic, guid: UUID) -> Node:
    """The selected elements in red, and the camera."""
    camera = perspective(topic.box, leaf("AspectRatio", _RATIO)) if topic.box else None
    return node("VisualizationInfo", _components(topic), camera, Guid=str(guid))


def _components(topic: Topic) -> Node:
    named = [node("Component", IfcGuid=element) for element in topic.components]
    hints = node("ViewSetupHints", SpacesVisible="true") if topic.spaces else None
    colour = node("Color", node("Components", *named), Color=_RED)
    return node(
        "Components",
        node("Selection", *named) if named else None,
        node("Visibility", hints, DefaultVisibility="true"),
        node("Coloring", colour) if named else None,
    )
