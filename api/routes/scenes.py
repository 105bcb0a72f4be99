"""A case's building in 3D, for whoever may see the case: its elements, what is around them, and their names."""

import hashlib
import json
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.deps import ContextDep, GrantDep, LiveDep
from api.pages import language_of, page
from permits.cases import cases, reviews
from permits.cases.messages import get_message
from permits.cases.scenes import model_seen, scene_of
from permits.cases.tables import CaseMessage, Model
from permits.errors import NotFound
from permits.jobs import Context
from permits.people.actor import Actor
from permits.people.clients import Scope
from permits.review.kept import show_findings
from permits.review.scene import metadata
from permits.review.viewing import by_storey, states_of_raw, viewer_texts

router = APIRouter()
EtagDep = Annotated[str, Header(alias="if-none-match")]
PARTS = ("model.glb", "around.glb", "model.json")
_GLB = "model/gltf-binary"


@router.get("/cases/{case_id}/building")
def building(
    request: Request, context: ContextDep, live: LiveDep, case_id: str, finding: int | None = None,
    message: str = "",
) -> Response:  # fmt: skip
    """The building in 3D with the report's open findings; it begins with `finding`, or as `message` saw it."""
    language = language_of(request)
    with context.database.reading() as session:
        told = get_message(session, actor=live.actor, case_id=case_id, message_id=message) if message else None
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        earlier = _earlier(session, told) if told else None
        model_id = earlier.id if earlier else ""
        report = reviews.raw_report(session, storage=context.storage, case_id=case_id, model_id=model_id)
        kept = scene_of(session, case_id=case_id, model_id=model_id)
    lost = metadata(context.storage.read(kept.building))["lost"] if kept.building else []
    shown = by_storey(show_findings(report, language=language))
    return page(
        request, "building.html", case=case, kept=kept, shown=shown, begin=finding, told=told,
        states=states_of_raw(report), texts=viewer_texts(language, len(lost)), earlier=earlier,
    )  # fmt: skip


def _earlier(session: Session, told: CaseMessage) -> Model | None:
    """The model of which a message's view was made, where a newer one was handed in since."""
    newest, seen = reviews.current_model(session, case_id=told.case_id), model_seen(session, message=told)
    return session.get(Model, seen) if newest is not None and seen and seen != newest.id else None


def _show(
    request: Request, context: ContextDep, live: LiveDep, case_id: str, if_none_match: EtagDep = "", v: str = "",
    model: str = "",
) -> Response:  # fmt: skip
    """The elements or what is around them as binary glTF, or the elements' names as JSON; of an earlier `model` too."""
    return _answer(context, live.actor, (case_id, model), request.url.path, (if_none_match, v))


def _show_program(
    request: Request, context: ContextDep, grant: GrantDep, case_id: str, if_none_match: EtagDep = "", v: str = "",
    model: str = "",
) -> Response:  # fmt: skip
    """The same for a program that may read models."""
    return _answer(context, grant.need(Scope.MODELS_READ), (case_id, model), request.url.path, (if_none_match, v))


for _part in PARTS:
    router.add_api_route(f"/cases/{{case_id}}/{_part}", _show, methods=["GET"])
    router.add_api_route(f"/api/v1/cases/{{case_id}}/{_part}", _show_program, methods=["GET"])


def _answer(context: Context, actor: Actor, of: tuple[str, str], path: str, asked: tuple[str, str]) -> Response:
    """Bytes that never change under their hash: asked for by it (`v`), a browser need never ask again."""
    part, (case_id, model_id) = path.rpartition("/")[2], of
    with context.database.reading() as session:
        cases.get_case(session, actor=actor, case_id=case_id)
        kept = scene_of(session, case_id=case_id, model_id=model_id)
    sha256 = kept.around if part == "around.glb" else kept.building
    if sha256 is None:
        raise NotFound("scene-none")
    known, version = asked
    etag = f'"{sha256}"' if part != "model.json" else f'"{hashlib.sha256(sha256.encode()).hexdigest()}"'
    lasting = "private, max-age=31536000, immutable" if version == sha256 else "private, no-cache"
    headers = {"ETag": etag, "Cache-Control": lasting, "X-Content-Type-Options": "nosniff"}
    if etag in known.replace("W/", ""):
        return Response(status_code=304, headers=headers)
    content = context.storage.read(sha256)
    if part != "model.json":
        return Response(content, media_type=_GLB, headers=headers)
    body = json.dumps(metadata(content), ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type="application/json", headers=headers)
