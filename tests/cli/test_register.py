"""`rukhsa register`: a table taken in and entered, written again, packed and verified; what is wrong is told."""

from pathlib import Path

import pytest

from permits.documents.keys import public_keys
from permits.jobs import Context
from permits.people.accounts import create_user
from permits.people.actor import SYSTEM, Role
from permits.register.verify import verify
from tests.cli.conftest import Command

TABLE = """المنطقة,رقم العقار,النوع الشرعي,المساحة,المالك,عدد الأسهم
المزة,٤٧١١,ملك,612.4,ليلى بنت سامي,كامل
المزة,4712,ملك,500,كريم,١٢٠٠
,,,,رنا,50%
المزة,4713,ملك,500,هالة,1/3
"""


def plain(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, without the marks around numbers."""
    return capsys.readouterr().out.replace("\u2068", "").replace("\u2069", "")


def test_a_register_goes_in_and_out(
    context: Context, rukhsa: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sheets.csv").write_text(TABLE, encoding="utf-8")
    with context.database.transaction() as session:
        create_user(
            session, actor=SYSTEM, login="registrar", password="rukhsa-office-1", name_ar="أمينة", name_en="A",
            roles=[Role.REGISTRAR],
        )  # fmt: skip
    taken = ("register", "import", str(tmp_path / "sheets.csv"), "--profile", "cadastre", "--lang", "en")
    assert rukhsa(*taken) == 0
    assert "2 ready, 0 ask, 1 refused, 0 entered" in plain(capsys)
    assert rukhsa(*taken, "--accept-ready", "--by", "nobody") == 2
    assert rukhsa(*taken, "--accept-ready", "--by", "registrar") == 0
    assert "0 ready, 0 ask, 1 refused, 2 entered" in plain(capsys)
    with context.database.reading() as session:
        assert verify(session).faults == ()
    assert rukhsa("register", "table", str(tmp_path / "out.csv")) == 0
    assert "4712" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert rukhsa("register", "hand-over", str(tmp_path / "out.zip"), "--lang", "en") == 0
    keys = tmp_path / "keys.json"
    keys.write_text(public_keys(context.settings), encoding="utf-8")
    verified = ("register", "verify-package", str(tmp_path / "out.zip"), "--keys", str(keys), "--lang", "en")
    assert rukhsa(*verified) == 0
    assert "entry 2" in plain(capsys)
    content = (tmp_path / "out.zip").read_bytes()
    (tmp_path / "out.zip").write_bytes(content.replace(b'"numerator":"1"', b'"numerator":"2"'))
    assert rukhsa(*verified) == 1
    assert "Changed member: shares.jsonl" in plain(capsys)


def test_a_table_of_another_source_is_refused_by_its_columns(
    context: Context, rukhsa: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sheets.csv").write_text(TABLE.replace("المالك", "صاحبه"), encoding="utf-8")
    taken = ("register", "import", str(tmp_path / "sheets.csv"), "--lang", "ar")
    assert rukhsa(*taken, "--profile", "cadastre") == 2
    said = capsys.readouterr().err
    assert ("صاحبه" in said, "اسم المالك" in said, "ناقص" in said) == (True, True, True)
    assert rukhsa(*taken, "--profile", "nobody") == 2
