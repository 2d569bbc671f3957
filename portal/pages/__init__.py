"""One module per kind of page; each has a function `pages` that yields what the marts allow."""
