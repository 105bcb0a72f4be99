"""Cases (إضبارات): from the engineer's draft to the issued permit."""
