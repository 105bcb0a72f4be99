"""The desks: menu, shell, parts of pages."""
