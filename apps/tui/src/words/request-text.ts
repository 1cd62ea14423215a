import type { InstallSummaryPatch } from "@install-summary/core";
import { quoted } from "./shell-text.ts";
import type { KnownApp } from "./known-app.ts";

/** What is sent for an app, and what guards it. */
export interface AppRequest {
  readonly app: KnownApp;
  readonly patch: InstallSummaryPatch;
}

/** The server that the commands which are copied are to reach. */
export interface ServerPlace {
  readonly baseUrl: string;
  /** The file of an authority that this program was told to trust, by `NODE_EXTRA_CA_CERTS`; undefined over HTTP. */
  readonly authorityFile: string | undefined;
}

/** The forms in which a request is copied. */
export type RequestForm = "curl" | "powershell" | "json";

/** The URL of an app's install summary. */
function summaryUrl(baseUrl: string, appId: string): string {
  return `${withoutSlash(baseUrl)}/deviceAppManagement/mobileApps/${appId}/installSummary`;
}

/** A request as text for elsewhere. Where a token is needed it says `$TOKEN`: none is ever in it. */
export function requestText(place: ServerPlace, { app, patch }: AppRequest, form: RequestForm): string {
  const url = summaryUrl(place.baseUrl, app.id);
  const body = JSON.stringify(patch);
  if (form === "json") return body;
  if (form === "powershell") {
    const guard = app.etag === undefined ? "" : `; 'If-Match' = ${quoted(app.etag, "powershell")}`;
    return [
      `Invoke-RestMethod -Method Patch -Uri ${quoted(url, "powershell")} \``,
      `  -Headers @{ Authorization = "Bearer $env:TOKEN"${guard} } \``,
      `  -ContentType 'application/json' -Body ${quoted(body, "powershell")}`,
    ].join("\n");
  }
  return [
    `curl -X PATCH ${quoted(url, "posix")}`,
    ...curlTrust(place),
    `-H "Authorization: Bearer $TOKEN"`,
    `-H 'Content-Type: application/json'`,
    ...(app.etag === undefined ? [] : [`-H ${quoted(`If-Match: ${app.etag}`, "posix")}`]),
    `-d ${quoted(body, "posix")}`,
  ].join(" \\\n  ");
}

/** The request that reads an app's summary, or what it gives, as text for elsewhere. No token is ever in it. */
export function readingText(place: ServerPlace, app: KnownApp, form: RequestForm): string {
  const url = summaryUrl(place.baseUrl, app.id);
  switch (form) {
    case "json":
      return JSON.stringify(summaryJson(app), undefined, 2);
    case "powershell":
      return [
        `Invoke-RestMethod -Uri ${quoted(url, "powershell")} \``,
        `  -Headers @{ Authorization = "Bearer $env:TOKEN" }`,
      ].join("\n");
    case "curl":
      return [`curl ${quoted(url, "posix")}`, ...curlTrust(place), `-H "Authorization: Bearer $TOKEN"`].join(
        " \\\n  ",
      );
  }
}

/** An app as `get --output json` prints it. */
export function summaryJson({ id, displayName, etag, installSummary }: KnownApp): object {
  return { id, displayName, etag: etag ?? null, summary: installSummary };
}

/** curl trusts what it is told to; PowerShell only what the system trusts. */
function curlTrust({ authorityFile }: ServerPlace): readonly string[] {
  return authorityFile === undefined ? [] : [`--cacert ${quoted(authorityFile, "posix")}`];
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
