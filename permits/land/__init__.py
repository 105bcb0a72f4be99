"""The land as the office keeps it: imported zones and their plots, searchable and drawn on the map."""
