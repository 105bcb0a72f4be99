"""A guide as plain data and as YAML: what `bim.guide.pack` reads back."""

import hashlib
from dataclasses import MISSING, fields, replace
from typing import Any

import yaml

from bim.guide.pack import Clause, GuidePack
from bim.guide.rows import FacetRow, SpecificationRow

HEAD = ("id", "version", "status", "valid_from", "valid_to", "source")


class _Flow(dict[str, Any]):
    """A mapping on one line."""


class _Dumper(yaml.SafeDumper):
    """Our style: facets and parameters on one line."""


_Dumper.add_representer(
    _Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
)


def data_of(pack: GuidePack) -> dict[str, Any]:
    """The mapping that YAML holds; what is as by default is left out."""
    head = {key: _plain(getattr(pack, key)) for key in HEAD}
    return {**head, "entries": {code: clause_data(clause) for code, clause in pack.entries.items()}}


def yaml_of(pack: GuidePack) -> bytes:
    """The YAML file of the pack."""
    text: str = yaml.dump(data_of(pack), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=116)
    return text.encode()


def sealed(pack: GuidePack) -> GuidePack:
    """The same pack with the hash of its YAML file."""
    return replace(pack, sha256=hashlib.sha256(yaml_of(pack)).hexdigest())


def clause_data(clause: Clause) -> dict[str, Any]:
    """One clause."""
    said = {name: value for name, value in _said(clause).items() if name != "code"}
    if clause.params:
        said["params"] = _Flow(clause.params)
    if clause.specification is not None:
        said["specification"] = _specification(clause.specification)
    return said


def _specification(row: SpecificationRow) -> dict[str, Any]:
    said = _said(row)
    return {**said, **{part: [_facet(f) for f in said[part]] for part in ("applies_to", "requires") if part in said}}


def _facet(row: FacetRow) -> _Flow:
    return _Flow(_said(row))


def _said(item: Any) -> dict[str, Any]:
    """Fields that differ from their default, as plain values."""
    found = {}
    for field in fields(item):
        value = getattr(item, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if value != default:
            found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    """Enumerations as their texts, tuples as lists."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
