"""Extracts of property sheets ordered from anywhere: who may ask for what, the paper, its fee and its way to people."""
