"""The engineer orders an extract for the permit; its payment prepares it, and its code verifies offline."""

from contextlib import suppress

from api.demo.office import Office
from api.demo.paying import Pay
from api.demo.saying import say
from api.demo.verifying import verify_offline
from api.demo.waiting import wait_for
from permits.errors import NotFound
from permits.extracts import billing, ordering
from permits.extracts.ordering import Wish
from permits.extracts.preparing import document_of, paper_of
from permits.extracts.tables import ExtractPaper
from permits.people.actor import Role


def order_extract(office: Office, pay: Pay, *, zone: str, plot: str) -> str:
    """The number of a new extract of a plot's sheet, made twice to the same bytes."""
    context = office.context
    with context.database.transaction() as session:
        wish = Wish(zone, plot, "permit", "م. ليان الدارس (وهمية)")
        order = ordering.place(
            session, actor=office.actor(session, Role.ENGINEER), office=context.settings.office,
            governorate=context.settings.governorate, wish=wish,
        )  # fmt: skip
        bill = billing.bill_of(session, order_id=order.id)
    if bill is None:
        raise RuntimeError("the extract has no bill")
    say(f"طُلب بيان قيد عقاري للمقسم {plot}", f"An extract of the sheet of plot {plot} was ordered")
    pay(bill)
    paper = _paper(office, order.id)
    verify_offline(context, paper.token)
    if document_of(context.settings, paper) != document_of(context.settings, paper):
        raise RuntimeError("the extract is not the same twice")
    say(
        f"صدر البيان {paper.number} وتحقّق رمزه بلا شبكة، وهو نفسه بايتاً بايتاً كلما أُعيدت طباعته",
        f"Extract {paper.number} was issued, verified offline, and is the same byte for byte whenever it is printed",
    )
    return paper.number


def _paper(office: Office, order_id: str) -> ExtractPaper:
    def seen() -> ExtractPaper | None:
        with suppress(NotFound), office.context.database.reading() as session:
            return paper_of(session, order_id=order_id)
        return None

    return wait_for("the extract", seen)
