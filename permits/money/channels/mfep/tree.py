"""XML of a message: read without entities and without a network, written in one canonical form, signed.

The canonical form is C14N 2.0 with white space around texts left out; a signature is over that of `MsgHeader`, a line
feed and that of `MsgBody`: with the header, so that nobody sends an old body under a new time.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, canonicalize, tostring

from defusedxml.ElementTree import ParseError, fromstring

_PARSE_FAULTS = (ParseError, ValueError)
DEEPEST = 8
"""How deep elements may lie in each other."""

LISTS = frozenset({"TrxInf", "SubPmt"})
"""Elements that may stand several times in one place; any other that does is refused."""

IGNORED = frozenset({"AdditionalInfo"})
"""Elements whose content is nobody's business here; every other unknown one is refused."""


class Unreadable(Exception):
    """What is no message of this dialect; `fault` names the first thing wrong, by element."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def parse(content: bytes) -> Element:
    """The root element; no document type, no entity, no other file is read. Raises Unreadable."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except _PARSE_FAULTS as error:  # defusedxml's refusals are ValueErrors
        raise Unreadable("xml") from error
    level = [root]
    for _ in range(DEEPEST):
        level = [child for parent in level for child in parent]
    if level:  # writing goes down as deep as the message does
        raise Unreadable(level[0].tag)
    return root


def content_of(element: Element) -> dict[str, Any]:
    """Elements as maps and texts, `LISTS` as lists; raises Unreadable for attributes, mixed text and repetitions."""
    found: dict[str, Any] = {}
    for child in element:
        if child.tag in IGNORED:
            continue
        value = _value(child)
        if child.tag in LISTS:
            found.setdefault(child.tag, []).append(value)
        elif child.tag in found:
            raise Unreadable(child.tag)
        else:
            found[child.tag] = value
    return found


def _value(element: Element) -> Any:
    text, tails = (element.text or "").strip(), "".join(child.tail or "" for child in element).strip()
    if element.attrib or tails or (len(element) and text):
        raise Unreadable(element.tag)
    return content_of(element) if len(element) else text


def canonical(element: Element) -> bytes:
    """The one form of an element, whatever its white space."""
    bare = Element(element.tag, element.attrib)
    bare.text = element.text
    bare.extend(element)
    return canonicalize(tostring(bare, encoding="unicode"), strip_text=True).encode()


def element(tag: str, content: Any) -> Element:
    """Maps, lists and texts as an element; None leaves an element out, a list repeats one."""
    made = Element(tag)
    if not isinstance(content, Mapping):
        made.text = str(content)
        return made
    for name, value in content.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                made.append(element(name, one))
    return made


def signed_part(root: Element) -> bytes:
    """What a signature of this message is over; raises Unreadable where there is no header or body."""
    parts = [root.find(name) for name in ("MsgHeader", "MsgBody")]
    return b"\n".join(canonical(part) for part in parts if part is not None)


def _hmac(key: bytes, content: bytes) -> str:
    return hmac.new(key, content, hashlib.sha256).hexdigest()


METHODS: Mapping[str, Callable[[bytes, bytes], str]] = {"HMAC-SHA-256": _hmac}
"""How messages are signed: the place of a method with two keys (RSA), which needs a switch to agree on it with."""

USUAL = "HMAC-SHA-256"


def sign(key: bytes, root: Element) -> str:
    """The signature of a message by the usual method, hexadecimal."""
    return METHODS[USUAL](key, signed_part(root))


def is_signed(key: bytes, root: Element, *, method: str, signature: str) -> bool:
    """Whether a signature is right; compared in constant time. KeyError for a method that we do not know."""
    expected = METHODS[method](key, signed_part(root))
    return hmac.compare_digest(expected.encode(), signature.strip().lower().encode())


def write(root: Element) -> bytes:
    """The message as it is sent."""
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
