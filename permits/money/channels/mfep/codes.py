"""The ErrorCode of this dialect for each refusal, and how it is told; 0 is success, and a replay is success too."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from permits.errors import RukhsaError


@dataclass(frozen=True)
class Result:
    """What became of a message or of one transaction: `severity` is Info or Error."""

    code: str
    description: str
    severity: str = "Error"

    def content(self) -> dict[str, str]:
        """As it stands in a message."""
        return {"ErrorCode": self.code, "ErrorDesc": self.description, "Severity": self.severity}


SUCCESS = Result("0", "Success", "Info")
LATER = Result("99", "Nothing was done; send it again")
CODES: Mapping[str, Result] = MappingProxyType(
    {
        "message-unreadable": Result("1", "The message cannot be read"),
        "signature-wrong": Result("2", "Wrong signature"),
        "signature-stale": Result("3", "TmStp is outside the window"),
        "biller-key-unknown": Result("5", "SdrCode is unknown"),
        "bill-reference-misread": Result("6", "BillingNo is no bill number"),
        "bill-unknown": Result("7", "There is no bill of this number"),
        "payment-amount": Result("8", "The amount is not acceptable"),
        "payment-conflict": Result("9", "The transaction was told before with other content"),
        "payment-unknown": Result("10", "There is no such transaction"),
        "reversal-conflict": Result("11", "The reversal was told before with another source"),
        "biller-other": Result("12", "BillerCode is not this biller's"),
        "message-too-large": Result("13", "The message is too large"),
        "bill-expired": Result("14", "The bill has expired"),
        "bill-withdrawn": Result("15", "The bill was withdrawn"),
        "channel-cannot": Result("16", "Not agreed on for this channel"),
    }
)
"""By the code of the refusal. 4 is never given: elsewhere it answers a duplicate, which here is a success."""


def result_of(error: RukhsaError) -> Result:
    """How a refusal is told; KeyError for one that no message can meet, a fault of the program."""
    found = CODES[error.code]
    fault = error.values.get("fault")
    return Result(found.code, f"{found.description}: {fault}") if fault else found
