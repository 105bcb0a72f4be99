"""What was built beside what was permitted, told to people: the check itself, in words, as a page and on a map."""
