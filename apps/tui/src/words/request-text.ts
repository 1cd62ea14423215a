import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { defaultBaseUrl } from "../config/config-keys.ts";
import { counterWord } from "./counter-words.ts";

/** What is sent for an app, and what guards it. */
export interface AppRequest {
  readonly app: ListedApp;
  readonly patch: InstallSummaryPatch;
}

/** The server that the commands which are copied are to reach. */
export interface ServerPlace {
  readonly baseUrl: string;
  /** The file of an authority that this program was told to trust, by `NODE_EXTRA_CA_CERTS`; undefined over HTTP. */
  readonly authorityFile: string | undefined;
}

/** Where the commands that are copied are to work: on which server, and how the program is called there. */
export interface CommandPlace extends ServerPlace {
  readonly program: string;
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
    const guard = app.etag === undefined ? "" : `; 'If-Match' = ${powershellText(app.etag)}`;
    return [
      `Invoke-RestMethod -Method Patch -Uri ${powershellText(url)} \``,
      `  -Headers @{ Authorization = "Bearer $env:TOKEN"${guard} } \``,
      `  -ContentType 'application/json' -Body ${powershellText(body)}`,
    ].join("\n");
  }
  return [
    `curl -X PATCH ${shellText(url)}`,
    ...curlTrust(place),
    `-H "Authorization: Bearer $TOKEN"`,
    `-H 'Content-Type: application/json'`,
    ...(app.etag === undefined ? [] : [`-H ${shellText(`If-Match: ${app.etag}`)}`]),
    `-d ${shellText(body)}`,
  ].join(" \\\n  ");
}

/** The request that reads an app's summary, or what it gives, as text for elsewhere. No token is ever in it. */
export function readingText(place: ServerPlace, app: ListedApp, form: RequestForm): string {
  const url = summaryUrl(place.baseUrl, app.id);
  switch (form) {
    case "json":
      return JSON.stringify(summaryJson(app), undefined, 2);
    case "powershell":
      return [
        `Invoke-RestMethod -Uri ${powershellText(url)} \``,
        `  -Headers @{ Authorization = "Bearer $env:TOKEN" }`,
      ].join("\n");
    case "curl":
      return [`curl ${shellText(url)}`, ...curlTrust(place), `-H "Authorization: Bearer $TOKEN"`].join(
        " \\\n  ",
      );
  }
}

/** An app as `get --output json` prints it. */
export function summaryJson({ id, displayName, etag, installSummary }: ListedApp): object {
  return { id, displayName, etag: etag ?? null, summary: installSummary };
}

/**
 * The command that undoes an app's sent changes, guarded: it does nothing once the app has changed again. `etag` is the
 * version that the changes made.
 */
export function undoCommand(
  place: CommandPlace,
  app: ListedApp,
  patch: InstallSummaryPatch,
  etag: string | undefined,
): string {
  const values = counterNames
    .filter((name) => patch[name] !== undefined)
    .map((name) => `${counterWord(name)}=${app.installSummary[name]}`);
  const guard = etag === undefined ? [] : ["--if-match", shellText(etag)];
  return [...callWords(place), "set", app.id, ...values, ...guard].join(" ");
}

/** The command that shows apps as they are now. */
export function getCommand(place: CommandPlace, appIds: readonly string[]): string {
  return [...callWords(place), "get", ...appIds].join(" ");
}

/** The program's call, after the variables that it needs there. */
function callWords({ baseUrl, authorityFile, program }: CommandPlace): readonly string[] {
  const server =
    withoutSlash(baseUrl) === defaultBaseUrl ? [] : [`INSTALL_SUMMARY_URL=${shellText(baseUrl)}`];
  const trust = authorityFile === undefined ? [] : [`NODE_EXTRA_CA_CERTS=${shellText(authorityFile)}`];
  return [...server, ...trust, program];
}

/** curl trusts what it is told to; PowerShell only what the system trusts. */
function curlTrust({ authorityFile }: ServerPlace): readonly string[] {
  return authorityFile === undefined ? [] : [`--cacert ${shellText(authorityFile)}`];
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

function shellText(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function powershellText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
