"""What can go wrong with the land: a code and its values, never prose; faces translate them."""

# ruff: noqa: N818 - the names say what is wrong; the base class says that they are errors


class LandError(Exception):
    """Base of every error of this floor; `code` is stable, `values` fill the text of a face."""

    code = "land_error"

    def __init__(self, **values: str | float | int) -> None:
        super().__init__(self.code, values)
        self.values = values


class NotAZoneFile(LandError):
    """No GeoPackage (values: path), or a layer of a zone is lacking (path, layer), or a column (layer, column)."""

    code = "not_a_zone_file"


class WrongGrid(LandError):
    """A layer is in a grid that checks cannot use (values: layer, grid; or epsg)."""

    code = "wrong_grid"


class BrokenRow(LandError):
    """A row holds a value that the subject does not know (values: layer, column, value)."""

    code = "broken_row"


class UnknownPlot(LandError):
    """No plot has this number (values: plot)."""

    code = "unknown_plot"


class NoSheetInForce(LandError):
    """The plot has no planning sheet on that date (values: plot, on)."""

    code = "no_sheet_in_force"


class SeveralSheetsInForce(LandError):
    """The plot has more than one planning sheet on that date (values: plot, on, count)."""

    code = "several_sheets_in_force"


class NoFront(LandError):
    """No edge of the plot faces a street, so its setbacks cannot be named (values: plot)."""

    code = "no_front"


class UnusableGrid(LandError):
    """The grid has no usable transformation, such as EPSG:22700 (values: epsg)."""

    code = "unusable_grid"


class UnknownGrid(LandError):
    """Coordinates that belong to no known grid of Syria (values: x, y)."""

    code = "unknown_grid"
