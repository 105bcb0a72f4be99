"""The building as a scene to look at: every element by its GlobalId, in binary glTF."""
