"""The demonstration: a fictitious office and two cases carried from an IFC to a permit on the property record."""
