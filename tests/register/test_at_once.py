"""Two registrars at one sheet: what is sold is sold once, and the journal has no gap."""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

from permits.db import Database
from permits.errors import Invalid
from permits.register.acts import Act
from permits.register.dealings import transfer
from permits.register.tables import Sheet
from permits.register.verify import verify
from tests.register.offices import deed, held, people, register

SELLERS = 6


def test_a_share_is_sold_once(database: Database) -> None:
    with database.transaction() as session:
        who = people(session, "ليلى", *(f"مشترٍ {number}" for number in range(SELLERS)))
        sheet_id = register(session, "1", {who["ليلى"]: Fraction(1)}).id
    seller, *buyers = who.values()

    def sell(buyer: str) -> str:
        try:
            with database.transaction() as session:
                transfer(
                    session, deed=deed(), act=Act.SALE, sheet_id=sheet_id, taken={seller: Fraction(3, 5)},
                    given={buyer: Fraction(3, 5)},
                )  # fmt: skip
        except Invalid as refused:
            return refused.code
        return "sold"

    with ThreadPoolExecutor(SELLERS) as together:
        answers = list(together.map(sell, buyers))
    assert sorted(answers) == ["share-not-held"] * (SELLERS - 1) + ["sold"]
    with database.reading() as session:
        assert sorted(held(session, session.get_one(Sheet, sheet_id)).values()) == ["2/5", "3/5"]
        assert verify(session).faults == ()
