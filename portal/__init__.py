"""The static site of a release: pages made from the built database, to be opened by double click."""
