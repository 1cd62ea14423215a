import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { readingText, requestText, undoCommand } from "./request-text.ts";

const baseUrl = "http://127.0.0.1:8420/beta/";
const place = { baseUrl, authorityFile: undefined, program: "install-summary" };
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
  expect(undoCommand(place, unguarded.app, request.patch, undefined)).toBe(
    `install-summary set ${request.app.id} failed=16 users.pending=272`,
  );
});

test("what takes a change back is guarded by the version that the change made", () => {
  expect(undoCommand(place, request.app, request.patch, 'W/"8"')).toBe(
    `install-summary set ${request.app.id} failed=16 users.pending=272 --if-match 'W/"8"'`,
  );
});

test("what takes a change back names another server, and calls the program as its launcher says", () => {
  const elsewhere = { ...place, baseUrl: "https://it's.example/beta", program: "npx -y pnpm@12 tui" };
  expect(undoCommand(elsewhere, request.app, request.patch, undefined)).toBe(
    String.raw`INSTALL_SUMMARY_URL='https://it'\''s.example/beta' npx -y pnpm@12 tui set ${request.app.id} failed=16 users.pending=272`,
  );
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
  expect(undoCommand(trusting, request.app, request.patch, undefined)).toContain(
    ` NODE_EXTRA_CA_CERTS=${file} install-summary set `,
  );
});
