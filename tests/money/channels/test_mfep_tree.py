"""Messages in XML are read without entities and without a network, in one form whatever their white space."""

from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.errors import Invalid
from permits.money.channels.mfep.answers import amount, masked
from permits.money.channels.mfep.messages import payload, piastres_of, transactions
from permits.money.channels.mfep.tree import DEEPEST, Unreadable, canonical, content_of, element, is_signed, parse, sign

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE MFEP [<!ENTITY a0 "ha">{LAUGHS}]><MFEP>&a9;</MFEP>',
    "quadratic": f'<!DOCTYPE MFEP [<!ENTITY a "{"x" * 50_000}">]><MFEP>{"&a;" * 1_000}</MFEP>',
    "a file": '<!DOCTYPE MFEP [<!ENTITY f SYSTEM "file:///etc/hostname">]><MFEP>&f;</MFEP>',
    "a network": '<!DOCTYPE MFEP [<!ENTITY f SYSTEM "http://127.0.0.1:9/x">]><MFEP>&f;</MFEP>',
    "a parameter": '<!DOCTYPE MFEP [<!ENTITY % f SYSTEM "http://127.0.0.1:9/x.dtd">%f;]><MFEP/>',
    "a type elsewhere": '<!DOCTYPE MFEP SYSTEM "http://127.0.0.1:9/x.dtd"><MFEP/>',
    "a type alone": "<!DOCTYPE MFEP><MFEP/>",
    "an unknown entity": "<MFEP>&nbsp;</MFEP>",
    "half": "<MFEP><MsgHeader>",
    "nothing": "",
    "another encoding's bytes": "<?xml version='1.0' encoding='utf-8'?><MFEP>\udcff</MFEP>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused(name: str) -> None:
    with pytest.raises(Unreadable):
        parse(HOSTILE[name].encode("utf-8", "surrogateescape"))


@pytest.mark.slow
def test_a_message_is_not_deeper_than_it_need_be() -> None:
    assert parse(("<a>" * DEEPEST + "</a>" * DEEPEST).encode()).tag == "a"
    for deep in (DEEPEST + 1, 30_000):
        with pytest.raises(Unreadable):
            parse(("<a>" * deep + "</a>" * deep).encode())


@pytest.mark.parametrize(
    "text", ["<a><b>1</b><b>2</b></a>", "<a><b x='1'>1</b></a>", "<a><b>1<c/></b></a>", "<a><b><c/>1</b></a>"]
)
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        content_of(parse(text.encode()))


def test_what_is_nobodys_business_is_passed_over() -> None:
    assert content_of(parse(b"<a><AdditionalInfo x='1'><y/><y/></AdditionalInfo><b>1</b></a>")) == {"b": "1"}


def test_space_and_comments_change_no_signature_and_anything_else_does() -> None:
    tight = parse(b"<MFEP><MsgHeader><GUID>1</GUID></MsgHeader><MsgBody><a>1</a></MsgBody></MFEP>")
    loose = parse(b"<MFEP>\n <MsgHeader><!-- x --><GUID> 1 </GUID>\n</MsgHeader> <MsgBody>\n<a>1</a></MsgBody></MFEP>")
    signature = sign(b"key", tight)
    assert is_signed(b"key", loose, method="HMAC-SHA-256", signature=signature.upper())
    for changed in (b"<GUID>2</GUID>", b"<GUID>1</GUID><x/>", b"<GUID a='1'>1</GUID>"):
        other = parse(tostring(tight).replace(b"<GUID>1</GUID>", changed))
        assert not is_signed(b"key", other, method="HMAC-SHA-256", signature=signature)
    assert not is_signed(b"other", tight, method="HMAC-SHA-256", signature=signature)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


@given(st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), TEXTS.map(str.strip)))
def test_what_is_written_is_read(content: dict[str, str]) -> None:
    made = element("MFEP", content)
    read = parse(tostring(made, encoding="utf-8"))
    assert content_of(read) == {name: text.strip() for name, text in content.items()}
    assert canonical(read) == canonical(made) == canonical(parse(canonical(made)))


def test_how_far_the_switch_is_with_a_payment_is_not_its_content() -> None:
    trx = "<TrxInf><PmtStatus>{}</PmtStatus><PaidAmt>{}</PaidAmt></TrxInf>"
    told = f"<MsgBody><Transactions>{trx}</Transactions></MsgBody>"
    new, sent, other = (
        payload(transactions(parse(f"<MFEP>{told.format(*values)}</MFEP>".encode()))[0])
        for values in (("PmtNew", "1.000"), ("PmtSent", "1.000"), ("PmtSent", "2.000"))
    )
    assert new == sent != other


@pytest.mark.parametrize("body", ["", "<Transactions/>", "<Transactions><x/></Transactions>", "<x/>"])
def test_a_batch_has_transactions_alone(body: str) -> None:
    with pytest.raises(Unreadable):
        transactions(parse(f"<MFEP><MsgBody>{body}</MsgBody></MFEP>".encode()))


@given(st.integers(1, 10**14))
def test_amounts_have_three_decimals_and_lose_nothing(piastres: int) -> None:
    assert amount(piastres)[-4] == "."
    assert piastres_of(amount(piastres)) == piastres


def test_a_mil_is_finer_than_a_piastre() -> None:
    with pytest.raises(Invalid):
        piastres_of("1.001")


def test_a_payer_knows_his_name_and_a_stranger_does_not() -> None:
    assert [masked(name) for name in ("هالة النموذج العمر", "x", "")] == ["هالة ا. ا.", "x", ""]
