"""The acts of the register as pure functions: the sheet before, what the document says, the sheet after."""

from enum import StrEnum


class Act(StrEnum):
    """What an entry of the journal records."""

    OPENED = "opened"
    FIRST_REGISTRATION = "first-registration"
    SALE = "sale"
    GIFT = "gift"
    INHERITANCE = "inheritance"
    JUDGMENT = "judgment"
    EXPROPRIATION = "expropriation"
    CORRECTION = "correction"
    SPLIT = "split"
    MERGE = "merge"
    STRATA = "strata"
    TO_PERMANENT = "to-permanent"
    MORTGAGE = "mortgage"
    RELEASE = "release"
    ANNOTATED = "annotated"
    LIFTED = "lifted"
    REVERSAL = "reversal"
