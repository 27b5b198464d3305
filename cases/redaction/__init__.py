"""Redaction of a received PDF: boxes burned into pixels, and the pixels written into a PDF that never saw the old one.

Knows bytes and boxes, no database. docs/decisions/0009-redaction.md says why it works so.
"""
