#!/usr/bin/env bash
# CLI for Microsoft 365, after: m365 login --appId CLIENT-ID-OF-YOUR-SCRIPT --tenant TENANT
set -euo pipefail

# The CLI asks for a token of the resource; without one it asks for a token of the URL's host.
graph() { m365 request --resource "api://$AUDIENCE" "$@"; }

apps=$GRAPH/deviceAppManagement/mobileApps
summary=$apps/$APP/installSummary

# The CLI prints no headers: an expanded summary has its ETag inside. Both are of one response: with the ETag of a later
# one, a change in between would be overwritten.
app=$(graph --url "$apps/$APP?\$expand=installSummary")
read=$(jq '.installSummary.failedDeviceCount // empty' <<<"$app")
etag=$(jq -r '.installSummary."@odata.etag" // empty' <<<"$app")

page=$(graph --url "$apps?\$filter=installSummary/failedDeviceCount gt 100&\$expand=installSummary&\$top=10")
failing=$(jq '[.value[].displayName]' <<<"$page")
while next=$(jq -er '."@odata.nextLink"' <<<"$page"); do
  page=$(graph --url "$next")
  failing=$(jq --argjson more "$(jq '[.value[].displayName]' <<<"$page")" '. + $more' <<<"$failing")
done

changed=$(graph --url "$summary" --method patch --content-type application/json \
  --If-Match "${etag:?was not read}" --body "{\"failedDeviceCount\": $((${read:?was not read} + 1))}" \
  --query failedDeviceCount)

# It says the status and not the reason; with --debug it prints the error of the response, and the token too.
if ! graph --url "$summary" --method patch --content-type application/json --If-Match "$etag" \
  --body '{"failedDeviceCount": 0}' 2>conflict.txt; then
  grep --quiet 412 conflict.txt && echo "Someone else has changed the summary since: read it again." >&2
fi

batch=$(graph --url "$GRAPH/\$batch" --method post --content-type application/json --body "$(jq -n --arg etag "$etag" \
  --arg url "/deviceAppManagement/mobileApps/$APP/installSummary" '{ requests: [
    { id: "change", method: "PATCH", $url, body: { failedDeviceCount: 0 },
      headers: { "Content-Type": "application/json", "If-Match": $etag } },
    { id: "read", method: "GET", $url }
  ] }')")

graph --url "$summary" --method patch --content-type application/json --body '{"failedDeviceCount": -1}' \
  2>fault.txt || true

# The responses of a batch may come in any order.
jq -cn --argjson read "$read" --argjson failing "$failing" --argjson changed "$changed" --argjson batch "$batch" \
  --rawfile conflict conflict.txt --rawfile fault fault.txt '
  ($batch.responses | INDEX(.id)) as $responses | {
    $read, $failing, $changed, conflict: [$conflict], batch: [$responses.change.status, $responses.read.status],
    after: $responses.read.body.failedDeviceCount, fault: [$fault]
  }'
