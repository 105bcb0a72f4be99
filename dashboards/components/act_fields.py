"""What each act asks on the form: its fields with their names, and the lines of heirs, pieces and parcels."""

from collections.abc import Mapping
from typing import Any

import panel as pn

from dashboards.components.act_lines import Lines
from dashboards.components.fields import kept_text
from dashboards.fragments import fragment
from dashboards.words import translator
from permits.documents.sheet import shown_share
from permits.extracts.looking import Look
from permits.register.desk.estates import estates
from permits.register.desk.form import PLACED, DeskAct, HeirLine, MergedLine, PieceLine
from permits.register.desk.parcels import area_of

FIELD = 300
_PASSED = ("party", "share", "identity", "name", "group")
FIELDS = {
    DeskAct.SALE: _PASSED, DeskAct.GIFT: _PASSED, DeskAct.JUDGMENT: _PASSED, DeskAct.INHERITANCE: ("party",),
    DeskAct.EXPROPRIATION: ("name", "share"), DeskAct.SPLIT: (), DeskAct.MERGE: ("parcel", "share"),
    DeskAct.TO_PERMANENT: ("parcel",), DeskAct.MORTGAGE: ("party", "name", "amount"), DeskAct.RELEASE: ("signal",),
    DeskAct.ATTACHMENT: ("party",), DeskAct.SIGNAL: ("kind", "party"), DeskAct.LIFT: ("signal",),
    DeskAct.CORRECTION: ("area", "description"), DeskAct.REVERSAL: ("entry",),
}  # fmt: skip
"""What each act asks beside its lines, reason and document."""

_TYPED = ("share", "identity", "name", "group", "amount", "area", "description", "parcel")
_CHOSEN = ("party", "signal", "kind", "entry")
_LABELS = {
    (DeskAct.SALE, "share"): "registry-amount-of-share", (DeskAct.GIFT, "share"): "registry-share-passed",
    (DeskAct.JUDGMENT, "share"): "registry-share-passed", (DeskAct.GIFT, "identity"): "registry-identity-taker",
    (DeskAct.JUDGMENT, "identity"): "registry-identity-taker", (DeskAct.GIFT, "name"): "registry-name-taker",
    (DeskAct.JUDGMENT, "name"): "registry-name-taker", (DeskAct.INHERITANCE, "party"): "registry-deceased",
    (DeskAct.EXPROPRIATION, "name"): "registry-authority", (DeskAct.EXPROPRIATION, "share"): "registry-part-taken",
    (DeskAct.MERGE, "parcel"): "registry-merged-number", (DeskAct.MERGE, "share"): "registry-own-weight",
    (DeskAct.TO_PERMANENT, "parcel"): "registry-permanent-number", (DeskAct.SIGNAL, "kind"): "registry-kind-of-signal",
    (DeskAct.REVERSAL, "entry"): "registry-entry-undone",
}  # fmt: skip
"""Where a field has another name than `registry-<field>`."""

_WHOLE_TOO = frozenset({DeskAct.MORTGAGE, DeskAct.ATTACHMENT, DeskAct.SIGNAL})
"""Acts that may lie on the whole sheet as well as on the share of an owner."""
_FIRM = frozenset({"reversal", "opened"})
"""Acts of the journal that are not undone."""


def make_fields(seen: Look, language: str) -> dict[str, Any]:
    """Every field that some act asks for."""
    typed = {
        name: kept_text("", f"act-{name}-{seen.sheet.id}", sizing_mode="fixed", width=FIELD) for name in _TYPED
    }  # fmt: skip
    chosen = {name: pn.widgets.Select(width=FIELD) for name in _CHOSEN}
    fields = {**typed, **chosen}
    for act, names in FIELDS.items():
        for name in names:
            name_field(fields, name, act, seen, language)
    return fields


def name_field(fields: Mapping[str, Any], name: str, act: DeskAct, seen: Look, language: str) -> None:
    """Give a field the label, and the choice, that it has for an act."""
    t = translator(language)
    fields[name].label = t(_LABELS.get((act, name), f"registry-{name}"))
    if name in _CHOSEN:
        options = _options(name, seen, act, language)
        fields[name].param.update(options=options, value=next(iter(options.values()), ""))


def _options(name: str, seen: Look, act: DeskAct, language: str) -> dict[str, str]:
    t = translator(language)
    match name:
        case "party":
            return ({t("registry-whole"): ""} if act in _WHOLE_TOO else {}) | _owners(seen, language)
        case "kind":
            return {t(f"registry-signal-{kind}"): str(kind) for kind in PLACED}
        case "entry":
            undone = [line for line in reversed(seen.content.journal) if line.act not in _FIRM]
            return {
                f"{line.number} — {t(f'act-{line.act}')} {line.document}".rstrip(): str(line.number) for line in undone
            }
        case _:
            ends = [signal for signal in seen.signals if (signal.kind == "mortgage") is (act is DeskAct.RELEASE)]
            return {
                f"{at}. {t(f'annotation-{signal.kind}', detail=signal.detail)}": signal.id
                for at, signal in enumerate(ends, 1)
            }


def _owners(seen: Look, language: str) -> dict[str, str]:
    """The owners as a choice; two of them may have one name."""
    return {
        f"{at}. {getattr(owner, f'name_{language}')} ({shown_share(owner.share, language)})": owner.party
        for at, owner in enumerate(seen.owners, 1)
    }


def make_lines(seen: Look, language: str) -> dict[DeskAct, Lines]:
    """The lines of the acts that have some."""
    t, place = translator(language), seen.sheet.id

    def of(number: int) -> dict[str, str]:
        """An heir is the owner's, or that of an heir written above who died too."""
        return {t("registry-heir-of-owner"): "0"} | {
            t("registry-heir-of-line", number=at): str(at) for at in range(1, number)
        }

    def allotted(_: int) -> dict[str, str]:
        return {t("registry-piece-all"): ""} | _owners(seen, language)

    def sums(rows: list[dict[str, str]]) -> str:
        return fragment("registry_estates", language, estates=estates(heirs(rows)), shown_share=shown_share)

    def areas(rows: list[dict[str, str]]) -> str:
        return fragment("registry_areas", language, total=area_of(pieces(rows)), area=seen.state.area)

    return {
        DeskAct.INHERITANCE: Lines(
            language, "heir", ("identity", "name", "part", "of"), place=place, least=1, told=sums, choices={"of": of}
        ),
        DeskAct.SPLIT: Lines(
            language, "piece", ("parcel", "area", "owner"), place=place, least=2, told=areas,
            choices={"owner": allotted},
        ),
        DeskAct.MERGE: Lines(language, "merged", ("parcel", "weight"), place=place, least=1),
    }  # fmt: skip


def heirs(rows: list[dict[str, str]]) -> tuple[HeirLine, ...]:
    """The rows as lines of an inheritance."""
    return tuple(HeirLine(row["part"], row["identity"], row["name"], int(row["of"])) for row in rows)


def pieces(rows: list[dict[str, str]]) -> tuple[PieceLine, ...]:
    """The rows as lines of a split."""
    return tuple(PieceLine(**row) for row in rows)


def written_lines(act: DeskAct, lines: Mapping[DeskAct, Lines]) -> dict[str, Any]:
    """What the lines of an act say, by the names of the form."""
    match act:
        case DeskAct.INHERITANCE:
            return {"heirs": heirs(lines[act].read())}
        case DeskAct.SPLIT:
            return {"pieces": pieces(lines[act].read())}
        case DeskAct.MERGE:
            return {"merged": tuple(MergedLine(**row) for row in lines[act].read())}
        case _:
            return {}
