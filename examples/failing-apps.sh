#!/usr/bin/env bash
# Prints the apps that failed on more devices than a number (100): how many, and which.
# GRAPH is the base URL, TOKEN an access token for it, CA the certificate of a local authority, where there is one.
set -euo pipefail

GRAPH=${GRAPH:-https://graph.microsoft.com/beta}
more_than=${1:-100}

next="$GRAPH/deviceAppManagement/mobileApps?\$expand=installSummary&\$top=50"
while [[ -n $next ]]; do
  # The token comes by a file, since every user of the machine can read the arguments of a program.
  page=$(curl --silent --show-error ${CA:+--cacert "$CA"} --globoff -H @<(echo "Authorization: Bearer $TOKEN") "$next")
  if message=$(jq --exit-status --raw-output '.error.message' <<<"$page"); then
    echo "$message" >&2
    exit 1
  fi
  jq --raw-output --argjson than "$more_than" '.value[]
    | select(.installSummary.failedDeviceCount > $than)
    | [.installSummary.failedDeviceCount, .displayName] | @tsv' <<<"$page"
  next=$(jq --raw-output '."@odata.nextLink" // empty' <<<"$page")
done | sort --numeric-sort --reverse
