"""Tables that draw no rules: columns from the white between printed words, rows from what a declared column prints."""
