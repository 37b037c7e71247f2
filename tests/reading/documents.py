"""Help for tests: small documents made in memory, and what was read of them."""

from __future__ import annotations

import io
import zipfile

from findings.reading import read_report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def blocks(data: bytes, name: str = "report") -> list[tuple[str, str]]:
    """The kind and text of each block that is not furniture."""
    return [(block.kind, block.text) for block in read_report(data, name=name).blocks if block.kind != "furniture"]


def furniture(data: bytes, name: str = "report") -> list[str]:
    """The text of each piece of furniture."""
    return [block.text for block in read_report(data, name=name).blocks if block.kind == "furniture"]


def zipped(entries: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rezipped(data: bytes, changes: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The zip archive `data` with some of its entries changed or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({entry: archive.read(entry) for entry in archive.namelist()} | changes, method)


def word_document(body: str) -> bytes:
    """A Word document with this XML in its body, and python-docx's template for the rest."""
    import docx
    from docx.oxml import parse_xml
    from invented_report import saved

    document = docx.Document()
    root = parse_xml(
        f'<w:body xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:v="urn:schemas-microsoft-com:vml">{body}</w:body>'
    )
    own = document.element.body
    for element in list(root):
        own.insert(len(own) - 1, element)
    return saved(document)


def open_document(body: str, *, styles: str = "", kind: str = "text") -> bytes:
    """An OpenDocument text (or presentation) with this XML in its body and among its automatic styles."""
    names = {
        "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "draw": "drawing:1.0", "style": "style:1.0",
        "fo": "xsl-fo-compatible:1.0", "presentation": "presentation:1.0",
    }  # fmt: skip
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}"' for name, uri in names.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})
