import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { createInstallSummaryClient } from "@install-summary/core/client";
import { exampleSummary } from "@install-summary/core/contract";
import { afterAll, beforeAll, expect } from "vitest";
import { runClient } from "./run-client.ts";
import { startTeamFacade, type TeamFacade } from "./start-team-facade.ts";

const appId = exampleSummary.id;
const requestId: unknown = expect.stringMatching(/^[\da-f-]{36}$/);

/** The apps of the sample tenant that failed on more than 100 devices: three pages of five. */
export const failing: readonly string[] = [
  ".NET Desktop Runtime 8",
  "Adobe Acrobat Reader DC",
  "Cisco Secure Client",
  "Fabrikam USB Dock Firmware",
  "Google Chrome Enterprise",
  "HP Universal Print Driver PCL 6",
  "Jabra Direct",
  "Microsoft 365 Apps for enterprise",
  "Microsoft Teams",
  "Mozilla Firefox ESR",
  "Now Mobile",
  "Power BI Desktop",
  "Visual C++ 2015-2022 Redistributable (x64)",
  "Woodgrove E-Signature",
];

/** What a client says of its requests: a read, a list in pages, a change, two that are refused, and a batch. */
export const expected = {
  read: 16,
  failing,
  changed: 17,
  conflict: [412, "PreconditionFailed", requestId],
  batch: [412, 200],
  after: 17,
  fault: [
    400,
    "ModelValidationFailure",
    "'failedDeviceCount' must be between 0 and 2147483647; got -1.",
  ] as readonly unknown[],
};

/**
 * Starts a facade for the tests of a file. The function that it returns runs a client there and returns what the client
 * printed as JSON. It fails where the client fails, and where the facade does not have the client's change afterwards.
 * With `"known"` the client is told of no authority: it has to trust those of the system, of which the facade's is one. With
 * `"unknown"` the facade's is none of them, and `CA` is empty.
 */
export function useClients(): (
  command: readonly [string, ...(readonly string[])],
  authority?: "known" | "unknown",
) => Promise<unknown> {
  let facade: TeamFacade | undefined;
  beforeAll(async () => {
    facade = await startTeamFacade();
    setDefaultCACertificates([...getCACertificates("default"), readFileSync(facade.ca, "utf8")]);
  });
  afterAll(() => facade?.[Symbol.asyncDispose]());
  return async (command, authority) => {
    if (facade === undefined) throw new Error("a client runs before the tests begin");
    const token = await facade.issueToken();
    const reader = createInstallSummaryClient({ baseUrl: facade.graph, token: () => token });
    await reader.update(appId, { failedDeviceCount: expected.read });
    const { graph, ca, audience } = facade;
    const authorities = {
      known: { CA: undefined, CURL_CA_BUNDLE: ca, SSL_CERT_FILE: ca },
      unknown: { CA: "" },
    };
    const ended = await runClient({ graph, ca, token, audience }, command, {
      APP: appId,
      ...(authority && authorities[authority]),
    });
    if (ended.exit !== 0) throw new Error(`${command.join(" ")} ended with ${ended.exit}: ${ended.stderr}`);
    expect((await reader.get(appId)).summary.failedDeviceCount).toBe(expected.changed);
    return JSON.parse(ended.stdout);
  };
}

/** Whether a command succeeds, such as one that looks for a library. */
export function succeeds(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
