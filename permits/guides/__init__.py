"""The guide editor's work: a draft of the modelling guide, its trial on judged models, and its publication."""
