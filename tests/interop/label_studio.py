"""Our tasks through Label Studio's own import, API and export, and back: `python label_studio.py LABEL_STUDIO`."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from loop import brought_back, call, findings, review, server

PORT = 18081
URL = f"http://127.0.0.1:{PORT}"
TOKEN = "0123456789abcdef0123456789abcdef01234567"
QUIET = {"COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "SENTRY_DSN": "", "FRONTEND_SENTRY_DSN": ""}


def main(program: str, work: Path) -> None:
    records, store, tasks = review(work), work / "store", work / "tasks.json"
    findings("annotations", "export", work / "review.jsonl", "--format", "label-studio", "-o", tasks)
    command = [program, "start", "--no-browser", "--port", str(PORT), "--internal-host", "127.0.0.1"]
    command += ["--data-dir", str(work / "data"), "--username", "ann@example.org", "--password", "annannann"]
    command += ["--user-token", TOKEN, "--enable-legacy-api-token"]
    auth = {"Authorization": f"Token {TOKEN}"}
    with server(command, f"{URL}/health", work / "server.log", QUIET):
        interface = (work / "tasks-interface.xml").read_text("utf-8")
        project = call("POST", f"{URL}/api/projects", {"title": "Findings", "label_config": interface}, **auth)["id"]
        imported = call("POST", f"{URL}/api/projects/{project}/import", json.loads(tasks.read_text("utf-8")), **auth)
        print("imported:", {name: imported[name] for name in ("task_count", "annotation_count", "prediction_count")})
        assert imported["task_count"] == imported["prediction_count"] == len(records)
        listed = call("GET", f"{URL}/api/tasks?project={project}&page_size=100&fields=all", **auth)["tasks"]
        changed, confirmed = listed[0], listed[1]
        no = [{"from_name": "finding", "to_name": "text", "type": "choices", "value": {"choices": ["no"]}}]
        call("POST", f"{URL}/api/tasks/{changed['id']}/annotations", {"result": no}, **auth)
        predicted = confirmed["predictions"][0]["result"]
        call("POST", f"{URL}/api/tasks/{confirmed['id']}/annotations", {"result": predicted}, **auth)
        for kind in ("JSON", "JSON_MIN"):
            every = str(kind == "JSON").lower()
            options = f"exportType={kind}&download_all_tasks={every}"
            exported = call("GET", f"{URL}/api/projects/{project}/export?{options}", **auth)
            (work / f"{kind}.json").write_text(json.dumps(exported), "utf-8")
    model = {record["id"]: record for record in records}
    for kind in ("JSON", "JSON_MIN"):
        file = work / f"{kind}.json"
        print(
            kind,
            findings("annotations", "import", file, "--format", "label-studio", "--to", store / kind).split("\n")[-2],
        )
        back = brought_back(store / kind)
        first, second = changed["data"]["sentence_id"], confirmed["data"]["sentence_id"]
        assert set(back) == {first, second}, back
        assert back[first]["finding"] is False
        for name in ("text", "report", "section", "lead_in", "bullet", "finding", "sentiment", "themes"):
            assert (back[second][name] or None) == (model[second][name] or None), (name, back[second], model[second])
    print("Label Studio: all came back as it should.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(sys.argv[1], Path(folder))
