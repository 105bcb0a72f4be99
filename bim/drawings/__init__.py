"""A case without an IFC: outlines of named layers of a drawing (DXF), and quantities that the designer declares."""
