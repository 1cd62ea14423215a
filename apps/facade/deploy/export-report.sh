#!/usr/bin/env bash
# Has Intune make its report of all apps and writes it to a file (report.zip), which the facade's import reads.
# GRAPH_TOKEN is an access token for Microsoft Graph with DeviceManagementApps.ReadWrite.All. INTUNE_URL is the base URL of
# Graph in another cloud; GRAPH, which recipes for other clients take, may name a facade, and no token for Graph goes there.
set -euo pipefail

INTUNE_URL=${INTUNE_URL:-https://graph.microsoft.com/v1.0}
EVERY=${EVERY:-5} # seconds before each look at the job
file=${1:-report.zip}
jobs=$INTUNE_URL/deviceManagement/reports/exportJobs

job='{
  "reportName": "AppInstallStatusAggregate",
  "format": "csv",
  "localizationType": "LocalizedValuesAsAdditionalColumn",
  "select": [
    "ApplicationId", "DisplayName", "Publisher", "Platform", "AppVersion",
    "InstalledDeviceCount", "FailedDeviceCount", "NotApplicableDeviceCount", "NotInstalledDeviceCount",
    "PendingInstallDeviceCount", "InstalledUserCount", "FailedUserCount", "NotApplicableUserCount",
    "NotInstalledUserCount", "PendingInstallUserCount"
  ]
}'

response=$(mktemp)
trap 'rm -f "$response" "$file.part"' EXIT

fail() {
  echo "$1" >&2
  exit 1
}

# Writes a response to a file and prints its status. Waits for no host for ever, and goes to none by another protocol.
get() {
  curl --silent --show-error --globoff --proto "=${INTUNE_URL%%:*}" --connect-timeout 30 --max-time 300 --retry 5 \
    --retry-max-time 600 --write-out '%{http_code}' --output "$@"
}

# Graph throttles and fails for moments: curl repeats such a request, and waits as long as Retry-After says, up to ten minutes.
# The token comes by a file, since every user of the machine can read the arguments of a program.
ask() {
  local status message
  status=$(get "$response" -H @<(echo "Authorization: Bearer $GRAPH_TOKEN") "$@")
  message=$(jq --raw-output '.error | objects | .message // .code | strings | gsub("[[:cntrl:]]"; " ")' \
    "$response" 2>/dev/null) || true
  [[ -z $message ]] || fail "Graph: $message"
  [[ $status == 2* ]] || fail "Graph: it responded with $status and does not say why."
}

# Prints a member of the response, which must be a line of text.
member() {
  local value
  value=$(jq --raw-output "objects | .$1 | strings | select(test(\"[[:cntrl:]]\") | not)" "$response" 2>/dev/null) || value=""
  # Two responses in one have it twice.
  [[ -n $value && $value != *$'\n'* ]] || fail "Graph: its response has no $1."
  printf '%s\n' "$value"
}

# A job that fails is made anew, three times in all.
for _ in 1 2 3; do
  ask "$jobs" -H "Content-Type: application/json" -d "$job"
  id=$(member id)
  status=notStarted
  while [[ $status =~ ^(unknown|notStarted|inProgress)$ ]]; do
    ((SECONDS < 3600)) || fail "Graph: the job of the report was not done within an hour."
    sleep "$EVERY"
    ask "$jobs('$id')"
    status=$(member status)
  done
  if [[ $status == completed ]]; then
    # The file is on another host. Its URL is signed: who has it can read the report, and the token for Graph stays here.
    url=$(member url)
    [[ $url != *[\"\\]* ]] || fail "Graph: the url in its response has a character that no URL has."
    status=$(get "$file.part" --config <(printf 'url = "%s"\n' "$url"))
    [[ $status == 200 ]] || fail "The host of the report responded with $status and not with the report."
    # Neither empty nor a page that asks to sign in: Intune's reports are ZIP files.
    [[ $(head -c 2 "$file.part") == PK ]] || fail "The host of the report responded with something else than a ZIP file."
    # A host that ends the connection without a length can cut it unseen. A ZIP file ends with a record of 22 bytes, after which
    # only a comment may come.
    grep -q '504b0506.\{36\}' <(tail -c 65557 "$file.part" | od -An -v -tx1 | tr -d ' \n') ||
      fail "The host of the report sent only a part of it: the ZIP file has no end."
    mv "$file.part" "$file"
    exit
  fi
  [[ $status == failed ]] || fail "Graph: the job of the report has the status $status, which this script does not know."
done

fail "Graph: the job of the report failed three times."
