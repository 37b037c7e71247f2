"""Our documents through doccano's own import, API and export, and back: `python doccano.py DOCCANO`.

The web server is started as `doccano webserver` starts it, but on loopback alone.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from loop import brought_back, call, findings, review, server

PORT = 18082
URL = f"http://127.0.0.1:{PORT}/v1"
LOGIN = {"username": "ann", "password": "annannann"}
BACKEND = "import importlib.util; print(importlib.util.find_spec('backend').submodule_search_locations[0])"


def main(program: str, work: Path) -> None:
    records, documents = review(work), work / "documents.jsonl"
    findings("annotations", "export", work / "review.jsonl", "--format", "doccano", "-o", documents)
    python = str(Path(program).with_name("python"))
    backend = subprocess.run([python, "-c", BACKEND], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    environment = {
        "DOCCANO_HOME": str(work),
        "STANDALONE": "True",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": f"sqlite:///{work}/db.sqlite3",
        "MEDIA_ROOT": str(work / "media"),
        "PYTHONPATH": backend,
    }
    quiet: dict[str, Any] = {"check": True, "env": {**os.environ, **environment}, "stdout": subprocess.DEVNULL}
    subprocess.run([program, "init"], **quiet, stderr=subprocess.DEVNULL)
    subprocess.run([program, "createuser", *(f"--{name}={value}" for name, value in LOGIN.items())], **quiet)
    web = [python, "-m", "gunicorn", "--bind", f"127.0.0.1:{PORT}", "--workers", "1", "--chdir", backend, "config.wsgi"]
    queue = [program, "task", "--concurrency", "1"]
    with (work / "queue.log").open("wb") as log:
        worker = subprocess.Popen(queue, env={**os.environ, **environment}, stdout=log, stderr=log)
        try:
            with server(web, f"{URL}/me", work / "server.log", environment):
                exported = through(documents, records)
        finally:
            worker.terminate()
            worker.wait(30)
    (work / "exported.jsonl").write_bytes(exported)
    store = work / "store"
    shown = findings("annotations", "import", work / "exported.jsonl", "--format", "doccano", "--to", store)
    print(shown.splitlines()[-1])
    (back,) = brought_back(store).values()
    changed = next(record for record in records if record["id"] == back["id"])
    assert (back["finding"], back["themes"]) == (False, {})
    for name in ("text", "report", "section", "lead_in", "bullet"):
        assert (back[name] or None) == (changed[name] or None), (name, back, changed)
    print("doccano: all came back as it should.")


def through(documents: Path, records: list[dict[str, Any]]) -> bytes:
    """Set a project up, import the documents, label one of them anew, and export: the exported JSON Lines."""
    auth = {"Authorization": f"Token {call('POST', f'{URL}/auth/login/', LOGIN)['key']}"}
    new = {"name": "Findings", "description": "-", "project_type": "DocumentClassification"}
    new |= {"resourcetype": "TextClassificationProject", "single_class_classification": False}
    project = f"{URL}/projects/{call('POST', f'{URL}/projects', new, **auth)['id']}"
    upload(f"{project}/category-type-upload", documents.with_name("documents-labels.json"), "file", auth)
    labels = {label["text"]: label["id"] for label in call("GET", f"{project}/category-types", **auth)}
    uploaded = upload(f"{URL}/fp/process/", documents, "filepond", auth)
    task = {"format": "JSONL", "task": "DocumentClassification", "uploadIds": [uploaded.decode()]}
    task |= {"column_data": "text", "column_label": "label"}
    wait(call("POST", f"{project}/upload", task, **auth)["task_id"], auth)
    examples = call("GET", f"{project}/examples?limit=100", **auth)["results"]
    print(f"imported: {len(examples)} documents, {len(labels)} labels")
    assert len(examples) == len(records)
    one = next(example for example in examples if example["meta"]["model"] != "not a finding")
    for category in call("GET", f"{project}/examples/{one['id']}/categories", **auth):
        call("DELETE", f"{project}/examples/{one['id']}/categories/{category['id']}", **auth)
    call("POST", f"{project}/examples/{one['id']}/categories", {"label": labels["not a finding"]}, **auth)
    download = call("POST", f"{project}/download", {"format": "JSONL", "exportApproved": False}, **auth)["task_id"]
    wait(download, auth)
    with zipfile.ZipFile(io.BytesIO(call("GET", f"{project}/download?taskId={download}", **auth))) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def upload(url: str, file: Path, field: str, auth: dict[str, str]) -> Any:
    """Post a file as a form does."""
    head = f'--findings\r\nContent-Disposition: form-data; name="{field}"; filename="{file.name}"\r\n\r\n'
    body = head.encode() + file.read_bytes() + b"\r\n--findings--\r\n"
    return call("POST", url, body, Content_Type="multipart/form-data; boundary=findings", **auth)


def wait(task: str, auth: dict[str, str]) -> None:
    """Wait until the task queue has done a task; its errors end the script."""
    for _ in range(60):
        status = call("GET", f"{URL}/tasks/status/{task}", **auth)
        if status["ready"]:
            assert not status["error"], status
            return
        time.sleep(1)
    sys.exit(f"doccano's task queue did not finish: {status}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(sys.argv[1], Path(folder))
