"""Golden cases: for each clause of the guide small models that keep it, break it, or leave it open."""
