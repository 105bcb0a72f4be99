"""Small pictures of the elements that findings mention: in red over their pale surroundings, the same bytes always."""
