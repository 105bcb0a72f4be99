"""A resubmission beside what was submitted before: which elements changed, and which findings were mended."""
