"""The repository's own publications: figures, builders of the files under `documents/`, damaged forms."""
