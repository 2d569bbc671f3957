"""The twenty questions and what the printed documents answer to them."""
