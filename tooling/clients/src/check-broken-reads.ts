import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { createInstallSummaryClient } from "@install-summary/core/client";
import { exampleSummary } from "@install-summary/core/contract";
import { root } from "@tooling/launch/project";
import { afterAll, beforeAll, expect } from "vitest";
import { runClient, type Ended } from "./run-client.ts";
import { startBrokenProxy, type Breakage } from "./start-broken-proxy.ts";
import { startTeamFacade, type TeamFacade } from "./start-team-facade.ts";

const appId = exampleSummary.id;
const recipes = join(root, "apps", "facade", "docs", "recipes.md");

/** What a client may not change anything after. */
export const breakages: readonly (Breakage & { readonly what: string })[] = [
  { what: "a gateway's 502 in HTML", read: 1, status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" },
  { what: "a 500 without a body", read: 1, status: 500, body: "" },
  {
    what: "a 400 for the first page of the list",
    read: 2,
    status: 400,
    body: '{"error":{"code":"BadRequest","message":"No.","innerError":{"request-id":"1"}}}',
  },
  { what: "no ETag in any response", without: "ETag" },
  { what: "no number in any response", without: "failedDeviceCount" },
];

/** What a client did with a read that was broken. */
export interface Outcome extends Ended {
  /** The requests that were no reads. */
  readonly writes: readonly string[];
  readonly isChanged: boolean;
}

/** The only outcome of a client that did not read what it changes. */
export const stopped: unknown = {
  exit: expect.toSatisfy((exit: unknown) => exit !== 0),
  stdout: "",
  stderr: expect.stringMatching(/\w/),
  writes: [],
  isChanged: false,
};

/**
 * Starts a facade for the tests of a file. The function that it returns runs a client there, with a proxy between them that
 * breaks a read.
 */
export function useBrokenReads(): (
  command: readonly [string, ...(readonly string[])],
  breakage: Breakage,
  variables?: Readonly<Record<string, string>>,
) => Promise<Outcome> {
  let facade: TeamFacade | undefined;
  beforeAll(async () => {
    facade = await startTeamFacade();
    setDefaultCACertificates([...getCACertificates("default"), await readFile(facade.ca, "utf8")]);
  });
  afterAll(() => facade?.[Symbol.asyncDispose]());
  return async (command, breakage, variables = {}) => {
    if (facade === undefined) throw new Error("a client runs before the tests begin");
    await using proxy = await startBrokenProxy(facade, breakage);
    const token = await facade.issueToken();
    const reader = createInstallSummaryClient({ baseUrl: facade.graph, token: () => token });
    const before = await reader.get(appId);
    const service = { ...facade, token, graph: proxy.graph };
    const ended = await runClient(service, command, { APP: appId, ...variables });
    const isChanged = (await reader.get(appId)).etag !== before.etag;
    return { ...ended, writes: proxy.writes, isChanged };
  };
}

/** The scripts of a section of the page with recipes, as a person copies them. */
export async function copyOf(heading: string): Promise<string> {
  const sections = (await readFile(recipes, "utf8")).split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, part = ""]) => part).join("\n");
}
