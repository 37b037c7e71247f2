"""What a file is, by its content."""

from __future__ import annotations


def sniff(data: bytes) -> str:
    """One of "pdf", "docx", "pptx", "odt", "html", "text", "doc", "ppt", "zip", "empty", "binary"."""
    head = data[:1024].lstrip()
    if not data.strip():
        return "empty"
    if b"%PDF-" in head:
        return "pdf"
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    return "binary" if b"\0" in head else "text"
