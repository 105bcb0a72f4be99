"""What the office does for people, as data: a card per service after the government's service card."""
