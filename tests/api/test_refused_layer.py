"""A layer that is refused over HTTP: the status, and every fault with its code, row and words."""

import json

import pytest
from starlette.requests import Request

from api.errors import answer, status_of
from gis.remarks import Code, LayerRefused, Remark


@pytest.mark.parametrize(("language", "word"), [("ar", "رقّم"), ("en", "Number the plot")])
def test_every_fault_is_told(language: str, word: str) -> None:
    headers = [(b"accept", b"application/json"), (b"cookie", f"lang={language}".encode())]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers, "session": {}}
    refused = LayerRefused(Remark(Code.NUMBER_MISSING, 3), Remark(Code.NUMBER_MISSING, 7), total=5)
    response = answer(Request(scope), refused)
    body = json.loads(bytes(response.body))
    assert int(status_of(refused)) == response.status_code == 422
    assert (body["title"], [fault["row"] for fault in body["faults"]]) == ("layer_refused", [3, 7])
    assert "5" in body["detail"]
    assert all(fault["code"] == "number_missing" and word in fault["detail"] for fault in body["faults"])
