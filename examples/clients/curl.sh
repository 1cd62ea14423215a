#!/usr/bin/env bash
# curl, with jq to read JSON.
set -euo pipefail

# Without CA the authorities of the system count. The token comes by a file, since every user of the machine can read the
# arguments of a program. A response that is an error ends the command with a code.
graph() {
  curl --silent --show-error --fail-with-body ${CA:+--cacert} ${CA:+"$CA"} -H @<(echo "Authorization: Bearer $TOKEN") "$@"
}

apps=$GRAPH/deviceAppManagement/mobileApps
summary=$apps/$APP/installSummary

# Both are of one response: with the ETag of a later one, a change in between would be overwritten.
app=$(graph "$apps/$APP?\$expand=installSummary")
read=$(jq '.installSummary.failedDeviceCount // empty' <<<"$app")
etag=$(jq -r '.installSummary."@odata.etag" // empty' <<<"$app")

# -G makes the query of --data-urlencode; each page has the link to the next one.
page=$(graph -G "$apps" --data-urlencode '$filter=installSummary/failedDeviceCount gt 100' \
  --data-urlencode '$expand=installSummary' --data-urlencode '$top=5')
failing=$(jq '[.value[].displayName]' <<<"$page")
while next=$(jq -er '."@odata.nextLink"' <<<"$page"); do
  page=$(graph "$next")
  failing=$(jq --argjson more "$(jq '[.value[].displayName]' <<<"$page")" '. + $more' <<<"$failing")
done

# Without its Content-Type curl sends a form, which is a 415.
changed=$(graph -X PATCH "$summary" -H "Content-Type: application/json" \
  -H "If-Match: ${etag:?was not read}" -d "{\"failedDeviceCount\": $((${read:?was not read} + 1))}" |
  jq .failedDeviceCount)

# What is wrong is wanted here, with its status.
conflict=$(graph --no-fail-with-body -X PATCH "$summary" -H "Content-Type: application/json" -H "If-Match: $etag" \
  -d '{"failedDeviceCount": 0}' -w '%{stderr}%{http_code}' 2>conflict-status.txt)
if [[ $(<conflict-status.txt) == 412 ]]; then
  echo "Someone else has changed the summary since: read it again." >&2
fi

batch=$(graph "$GRAPH/\$batch" -H "Content-Type: application/json" -d @- <<JSON
{ "requests": [
  { "id": "change", "method": "PATCH", "url": "/deviceAppManagement/mobileApps/$APP/installSummary",
    "headers": { "Content-Type": "application/json", "If-Match": $(jq -R . <<<"$etag") },
    "body": { "failedDeviceCount": 0 } },
  { "id": "read", "method": "GET", "url": "/deviceAppManagement/mobileApps/$APP/installSummary" }
] }
JSON
)

fault=$(graph --no-fail-with-body -X PATCH "$summary" -H "Content-Type: application/json" \
  -d '{"failedDeviceCount": -1}' -w '%{stderr}%{http_code}' 2>fault-status.txt)

# The responses of a batch may come in any order.
jq -cn --argjson read "$read" --argjson failing "$failing" --argjson changed "$changed" \
  --argjson conflict "$conflict" --argjson batch "$batch" --argjson fault "$fault" \
  --argjson conflictStatus "$(<conflict-status.txt)" --argjson faultStatus "$(<fault-status.txt)" '
  ($batch.responses | INDEX(.id)) as $responses | {
    $read, $failing, $changed,
    conflict: [$conflictStatus, $conflict.error.code, $conflict.error.innerError."request-id"],
    batch: [$responses.change.status, $responses.read.status],
    after: $responses.read.body.failedDeviceCount,
    fault: [$faultStatus, $fault.error.code, $fault.error.message]
  }'
