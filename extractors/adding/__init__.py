"""For who adds a source: look at a document, draft its layout, check the reading, freeze the rows.

Nothing here takes part in a refresh.
"""
