"""Readers: one format each, file in, pages of text lines and tables out. They know no source and give no meaning."""
