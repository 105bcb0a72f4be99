"""A guide from and to the files people keep it in: YAML, Excel and IDS."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bim.guide.pack import Clause, GuidePack, guide_in_force, read_guide
from bim.guide.rows import rows_of
from bim.guide.writing import sealed, yaml_of
from bim.ids import read as ids_read
from bim.ids import write as ids_write
from bim.ids.audit import audit_specification
from bim.ids.document import Document, Specification
from bim.ids.errors import IdsError
from bim.packs import PackError, Problem


def open_guide(named: str, *folders: Path) -> GuidePack:
    """The guide in a `.yaml` or `.xlsx` file, or the known one of that id; raise `PackError`."""
    path = Path(named)
    if path.suffix == ".xlsx":
        from bim.guide import workbook  # heavy, and seldom needed

        return audited(workbook.read(_bytes(path), path.name))
    if path.suffix == ".yaml":
        _bytes(path)
        return audited(read_guide(path))
    return guide_in_force(date.min, named, *folders)


def audited(pack: GuidePack) -> GuidePack:
    """The same guide, whose specifications are right by the schemas of IFC; raise `PackError` where one is not."""
    problems = []
    for specification in pack.document().specifications:
        try:
            audit_specification(specification, "")
        except IdsError as error:
            where = ("entries", str(specification.identifier), "specification")
            problems.append(Problem("no_ids", where, {"code": error.code, "path": error.path}))
    if problems:
        raise PackError(*problems, name=pack.id)
    return pack


def save_guide(pack: GuidePack, path: Path, label: Callable[[str], str]) -> None:
    """Write the guide in the form that the file's ending names; an IDS holds only what IDS can say."""
    writers = {".yaml": lambda: yaml_of(pack), ".ids": lambda: ids_write.write(pack.document())}
    if path.suffix == ".xlsx":
        from bim.guide import workbook  # heavy, and seldom needed

        writers[".xlsx"] = lambda: workbook.export(pack, label)
    if path.suffix not in writers:
        raise PackError(Problem("no_form", values={"said": path.suffix}), name=path.name)
    path.write_bytes(writers[path.suffix]())


def with_ids(pack: GuidePack, path: Path) -> GuidePack:
    """The guide with the specifications of an IDS document: known identifiers are replaced, others become clauses.

    Raises `bim.ids.read.IdsError` for a document that is no IDS.
    """
    return merged(pack, ids_read.read(_bytes(path)))


def merged(pack: GuidePack, document: Document) -> GuidePack:
    """`with_ids` of a document that was read."""
    entries = dict(pack.entries)
    for at, specification in enumerate(document.specifications, 1):
        code = specification.identifier or f"IDS-{at:03d}"
        known = entries.get(code) or _clause(code, specification, document)
        rows = rows_of(specification, name=f"{code} {known.title_en}")
        told = None if rows.description == known.text_ar else rows.description
        entries[code] = replace(known, check=None, params={}, specification=replace(rows, description=told))
    return sealed(replace(pack, entries=entries))


def _clause(code: str, specification: Specification, document: Document) -> Clause:
    """A new clause in the words of the IDS, which stand in both languages until somebody translates them."""
    text = specification.description or specification.instructions or specification.name
    source = document.info.title
    return Clause(code, specification.name, specification.name, text, text, source)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackError(Problem("no_file"), name=path.name) from error
