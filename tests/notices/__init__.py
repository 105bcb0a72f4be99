"""What everybody may know: the state of a case by its number, and the public board."""
