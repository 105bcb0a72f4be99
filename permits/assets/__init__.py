"""Property of the council (أملاك مجلس المدينة): inventory, contracts and their dues."""
