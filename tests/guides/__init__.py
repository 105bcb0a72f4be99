"""The guide desk: drafts, their trial, publication and withdrawal."""
