#!/usr/bin/env bash
# Has Intune make its report of all apps and writes it to a file (report.zip), which the facade's import reads.
# GRAPH_TOKEN is an access token for Microsoft Graph with DeviceManagementApps.ReadWrite.All. INTUNE_URL is the base URL of
# Graph in another cloud; GRAPH, which the other examples take, may name a facade, and no token for Graph goes there.
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

# Graph throttles and fails for moments: curl repeats such a request, and waits as long as Retry-After says.
ask() {
  curl --silent --show-error --retry 5 --output "$response" -H "Authorization: Bearer $GRAPH_TOKEN" "$@"
  if message=$(jq --exit-status --raw-output '.error.message' "$response"); then
    echo "Graph: $message" >&2
    exit 1
  fi
}

# A job that fails is made anew, three times in all.
for _ in 1 2 3; do
  ask "$jobs" -H "Content-Type: application/json" -d "$job"
  id=$(jq --raw-output .id "$response")
  status=notStarted
  while [[ $status =~ ^(unknown|notStarted|inProgress)$ ]]; do
    sleep "$EVERY"
    ask "$jobs('$id')"
    status=$(jq --raw-output .status "$response")
  done
  if [[ $status == completed ]]; then
    # The file is on another host. Its URL is signed, so the token for Graph stays here.
    curl --silent --show-error --fail --retry 5 --output "$file.part" "$(jq --raw-output .url "$response")"
    mv "$file.part" "$file"
    exit
  fi
done

echo "Graph: the job of the report failed three times." >&2
exit 1
