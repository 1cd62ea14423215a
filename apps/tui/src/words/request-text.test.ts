import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { readingText, requestText } from "./request-text.ts";

const baseUrl = "http://127.0.0.1:8420/beta/";
const place = { baseUrl, authorityFile: undefined };
const request = { app: listedApp(1), patch: { failedDeviceCount: 8, pendingInstallUserCount: 270 } };
const url = `http://127.0.0.1:8420/beta/deviceAppManagement/mobileApps/${request.app.id}/installSummary`;

test("as curl a request is whole, with the token left to the shell", () => {
  expect(requestText(place, request, "curl")).toBe(
    [
      `curl -X PATCH '${url}' \\`,
      `  -H "Authorization: Bearer $TOKEN" \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -H 'If-Match: W/"7"' \\`,
      `  -d '{"failedDeviceCount":8,"pendingInstallUserCount":270}'`,
    ].join("\n"),
  );
});

test("as PowerShell a request is one command", () => {
  expect(requestText(place, request, "powershell")).toBe(
    [
      `Invoke-RestMethod -Method Patch -Uri '${url}' \``,
      `  -Headers @{ Authorization = "Bearer $env:TOKEN"; 'If-Match' = 'W/"7"' } \``,
      `  -ContentType 'application/json' -Body '{"failedDeviceCount":8,"pendingInstallUserCount":270}'`,
    ].join("\n"),
  );
});

test("a server without ETags leaves nothing to guard with", () => {
  const unguarded = { ...request, app: { ...request.app, etag: undefined } };
  expect(requestText(place, unguarded, "curl")).not.toContain("If-Match");
});

test("over HTTPS commands trust the authority that this program was told to trust", () => {
  const trusting = {
    ...place,
    baseUrl: "https://127.0.0.1:8420/beta",
    authorityFile: "/srv/it's here/ca.pem",
  };
  const file = String.raw`'/srv/it'\''s here/ca.pem'`;
  expect(requestText(trusting, request, "curl")).toContain(` \\\n  --cacert ${file} \\\n`);
  expect(readingText(trusting, request.app, "curl")).toContain(` \\\n  --cacert ${file} \\\n`);
});
