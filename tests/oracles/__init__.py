"""Second ways of knowing what the guide's checks say: slow and plain, by the library's utilities and its kernel.

Nothing here imports `bim.guide.checks`, `bim.positions`, `bim.shapes`, `bim.extract` or `bim.ids`, but for the tests,
which ask both sides.
"""
