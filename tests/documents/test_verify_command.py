"""`rukhsa verify` answers offline: 0 valid, 1 not valid, 2 unreadable."""

import argparse
from pathlib import Path

import pytest

from api.cli import verify
from permits.documents.permit import claims_of
from permits.documents.token import new_key, public_set, sign
from tests.documents.samples import PERMIT

KEY = new_key("2026-a")
TOKEN = sign(claims_of(PERMIT, issuer="SY-DI"), KEY)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    path.write_text(public_set([KEY]), encoding="utf-8")
    return path


def _run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    verify.add_arguments(parser)
    return verify.run(parser.parse_args(arguments))


@pytest.mark.parametrize(
    ("token", "on", "code", "says"),
    [
        (TOKEN, "2026-06-01", 0, "in force"),
        (f"https://permits.example/verify/{TOKEN}", "2026-06-01", 0, "DM-01-2026-000123"),
        (TOKEN, "2030-01-01", 1, "term is over"),
        (sign(claims_of(PERMIT, issuer="SY-DI"), new_key("2026-a")), "2026-06-01", 1, "signature is wrong"),
        (sign(claims_of(PERMIT, issuer="SY-DI"), new_key("other")), "2026-06-01", 1, "a key we do not know"),
        ("hello", "2026-06-01", 2, "not a token of ours"),
    ],
)
def test_the_answer_and_its_code(
    keys: Path, capsys: pytest.CaptureFixture[str], token: str, on: str, code: int, says: str
) -> None:
    assert _run(token, "--keys", str(keys), "--on", on, "--lang", "en") == code
    assert says in capsys.readouterr().out


def test_arabic_is_the_first_language(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(TOKEN, "--keys", str(keys), "--on", "2026-06-01") == 0
    assert "الوثيقة صحيحة وسارية." in capsys.readouterr().out


def test_without_keys_nothing_is_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(TOKEN, "--keys", str(tmp_path / "absent.json")) == 2
    assert "absent.json" in capsys.readouterr().err
