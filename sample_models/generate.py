"""Write every sample again: `python -m sample_models.generate [folder]`; two runs give equal bytes."""

import sys
from pathlib import Path

from sample_models import as_built, drawing, manifest
from sample_models.building import build
from sample_models.cases import catalogue
from sample_models.layers import write_zone
from sample_models.planned import limits
from sample_models.samples import SAMPLES

HOME = Path(__file__).parent


def generate(folder: Path) -> list[Path]:
    """Write the zone's layers, the models, their manifest and the golden cases below `folder`; the paths written."""
    written = write_zone(folder / "zone")
    models = folder / "models"
    models.mkdir(parents=True, exist_ok=True)
    entries = []
    for sample in SAMPLES:
        path = models / sample.file
        names = build(sample.design, path, schema=sample.schema, millimetres=sample.millimetres)
        entries.append(manifest.entry(sample, names))
        written.append(path)
    manifest.write(entries, folder / "manifest.yaml")
    written += as_built.generate(folder / "as_built")
    written += drawing.generate(folder / "drawings")
    return [*written, *catalogue.write(folder), *limits.write(folder), folder / "manifest.yaml"]


if __name__ == "__main__":
    for path in generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME):
        print(f"{path.stat().st_size:>9}  {path.name}")
