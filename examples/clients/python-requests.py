# Python with requests.
import json
import os

import requests

GRAPH, APP = os.environ["GRAPH"], os.environ["APP"]

session = requests.Session()
if os.environ.get("CA"):  # without it the known authorities count; an empty one would trust every certificate
    session.verify = os.environ["CA"]
    session.trust_env = False  # REQUESTS_CA_BUNDLE would come before CA
session.headers["Authorization"] = f"Bearer {os.environ['TOKEN']}"

apps = f"{GRAPH}/deviceAppManagement/mobileApps"
summary = f"{apps}/{APP}/installSummary"
response = session.get(summary)
response.raise_for_status()
read, etag = response.json(), response.headers["ETag"]

failing = []
url, query = apps, {
    "$filter": "installSummary/failedDeviceCount gt 100",
    "$expand": "installSummary",
    "$top": 5,
}
while url:
    response = session.get(url, params=query)
    response.raise_for_status()
    page = response.json()
    failing += [app["displayName"] for app in page["value"]]
    url, query = page.get("@odata.nextLink"), None  # the link has the query already

patch = {"failedDeviceCount": read["failedDeviceCount"] + 1}
changed = session.patch(summary, json=patch, headers={"If-Match": etag})
changed.raise_for_status()

conflict = session.patch(summary, json={"failedDeviceCount": 0}, headers={"If-Match": etag})
if conflict.status_code != 412:  # 412: someone else has changed the summary since: read it again
    conflict.raise_for_status()

path = f"/deviceAppManagement/mobileApps/{APP}/installSummary"
batch = session.post(
    f"{GRAPH}/$batch",
    json={
        "requests": [
            {
                "id": "change",
                "method": "PATCH",
                "url": path,
                "headers": {"Content-Type": "application/json", "If-Match": etag},
                "body": {"failedDeviceCount": 0},
            },
            {"id": "read", "method": "GET", "url": path},
        ]
    },
)
batch.raise_for_status()
responses = {one["id"]: one for one in batch.json()["responses"]}

fault = session.patch(summary, json={"failedDeviceCount": -1})

print(
    json.dumps(
        {
            "read": read["failedDeviceCount"],
            "failing": failing,
            "changed": changed.json()["failedDeviceCount"],
            "conflict": [
                conflict.status_code,
                conflict.json()["error"]["code"],
                conflict.json()["error"]["innerError"]["request-id"],
            ],
            "batch": [responses[id]["status"] for id in ("change", "read")],
            "after": responses["read"]["body"]["failedDeviceCount"],
            "fault": [
                fault.status_code,
                fault.json()["error"]["code"],
                fault.json()["error"]["message"],
            ],
        }
    )
)
