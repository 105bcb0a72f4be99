"""One file per page; each is a function that builds the page for one visitor."""
