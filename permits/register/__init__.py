"""The register of property: sheets, shares, journal and annotations (السجل العقاري)."""
