import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { installSummaryType, isGraphError } from "@install-summary/core";
import { createInstallSummaryClient, type ListedApp } from "@install-summary/core/client";
import { exampleSummary } from "@install-summary/core/contract";
import type { Facade } from "@install-summary/facade";
import { developmentTokenCommand } from "./development-token-command.ts";
import { scriptCall } from "./script-call.ts";
import { shellWord } from "./shell-word.ts";

/** The app of the specification's example is in the sample tenant. */
const { id: specificationAppId, ...exampleCounters } = exampleSummary;

/** The body of the specification's example request. */
const documentedPatch = {
  "@odata.type": installSummaryType,
  ...exampleCounters,
};

/** The app of the specification's example if the tenant has it, else the first app, if any. */
export async function findExampleApp(facade: Facade): Promise<ListedApp | undefined> {
  trustAuthority(facade);
  const baseUrl = `${facade.url}/beta`;
  const client = createInstallSummaryClient({ baseUrl, token: () => facade.issueToken() });
  try {
    return await client.getApp(specificationAppId);
  } catch (error) {
    if (!isGraphError(error, "ResourceNotFound")) throw error;
  }
  for await (const app of client.list({ top: 1 })) return app;
  return undefined;
}

/** What a person without the editor needs: the URL, a token, and a PATCH to paste. */
export function firstSteps(
  { url, authorityFile }: Pick<Facade, "url" | "authorityFile">,
  data: string,
  app: ListedApp | undefined,
): string {
  const head = [
    `Install Summary is on ${url}/beta, its data in ${data}.`,
    "",
    "A token, good for an hour:",
    scriptCall(`facade token --data ${shellWord(data)}`, { silent: true }),
  ];
  if (app === undefined) return [...head, ""].join("\n");
  const summary = `${url}/beta/deviceAppManagement/mobileApps/${app.id}/installSummary`;
  // Without npx, which asks the registry first.
  const token = `${developmentTokenCommand} --data ${shellWord(data)}`;
  const trust = authorityFile === undefined ? "" : `--cacert ${shellWord(authorityFile)} `;
  const curl = `curl -sS ${trust}-H "Authorization: Bearer $(${token})"`;
  // An example never overwrites a person's own numbers: for their app it sets the current value.
  const patch =
    app.id === specificationAppId
      ? documentedPatch
      : { failedDeviceCount: app.installSummary.failedDeviceCount };
  return [
    ...head,
    "",
    "The documented PATCH, as a line for a shell:",
    `${curl} -X PATCH -H "Content-Type: application/json" -d ${shellWord(JSON.stringify(patch), "linux")} ${summary}`,
    "",
    "Read it back:",
    `${curl} ${summary}`,
    "",
  ].join("\n");
}

/** Lets this process trust a facade's local authority. */
function trustAuthority({ authorityFile }: Pick<Facade, "authorityFile">): void {
  if (authorityFile === undefined) return;
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(authorityFile, "utf8")]);
}
