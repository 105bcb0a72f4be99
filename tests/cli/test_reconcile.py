"""`rukhsa reconcile`: a statement is imported, breaks are listed, a day is shown and closed by an accountant."""

from datetime import timedelta
from pathlib import Path

import pytest

from permits.calendar import today
from permits.jobs import Context
from permits.money.reconciliation.statement import Movement, write_statement
from permits.people.accounts import create_user
from permits.people.actor import SYSTEM, Role
from tests.cli.conftest import Command
from tests.money.books import open_books
from tests.reconciliation.days import DAY, NEXT, explain_all, paid, settle


def test_a_day_from_the_statement_to_its_end(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    open_books(context)
    with context.database.transaction() as session:
        create_user(
            session, actor=SYSTEM, login="walid", password="x", name_ar="وليد", name_en="w", roles=[Role.ACCOUNTANT]
        )
    paid(context, "T1", 50_000)
    settle(context, [("T1", 50_000), ("T2", 700)])
    file = tmp_path / "statement"
    file.write_bytes(write_statement("CB-1", (NEXT, NEXT), 0, [Movement("E1", NEXT, 50_700, f"bank/{DAY}", "")]))
    assert rukhsa("reconcile", "breaks", "--lang", "ar") == 1
    assert rukhsa("reconcile", "statement", str(file)) == 0
    capsys.readouterr()
    assert rukhsa("reconcile", "breaks", "--lang", "ar") == 1
    assert "في ملف المزود وليس لدينا\tT2\t٧٫٠٠\tمزود الدفع\tاليوم\tغير مفسّر" in capsys.readouterr().out
    assert rukhsa("reconcile", "close", "bank", str(DAY), "--by", "walid") == 2
    assert rukhsa("reconcile", "show", "bank", str(DAY)) == 1
    assert "Bank statement\t507.00" in capsys.readouterr().out
    explain_all(context)
    assert rukhsa("reconcile", "close", "bank", str(DAY), "--by", "nobody") == 2
    assert rukhsa("reconcile", "close", "bank", str(DAY), "--by", "walid") == 0
    assert rukhsa("reconcile", "show", "bank", str(DAY)) == 0
    assert rukhsa("reconcile", "breaks") == 0
    assert rukhsa("reconcile", "show", "bank", "21.11.2026") == 2
    assert rukhsa("reconcile", "statement", str(tmp_path / "none")) == 2
    assert today() - timedelta(days=3) == DAY
