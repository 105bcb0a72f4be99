"""Small houses on the demonstration plot, each bent by one dimension about the limit of one planning rule."""
