"""Registers of other offices taken over from tables: read whole, judged sheet by sheet, entered by a registrar."""
