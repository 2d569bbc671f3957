"""Drives every step of a refresh, from documents to a published release, and knows none of their business.

Nothing imports this package except itself and the command line it carries (`orchestration.cli`).
"""
