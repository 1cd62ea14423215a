import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  createInstallSummaryClient,
  type InstallSummaryClient,
  type ListedApp,
} from "@install-summary/core/client";
import { writeReport } from "@install-summary/core/report";
import { createFacade, type Facade } from "@install-summary/facade";
import { editorProgram, sampleTenant } from "@tooling/launch/project";
import { expect, onTestFinished, test } from "vitest";
import { createSandbox } from "../src/sandbox.ts";

const counts = { changed: 0, unchanged: 0, rejected: 0 };

test("what `list --output json` prints, what a GET responds and what writeReport writes can be imported again", async () => {
  const { facade, token, client } = await open();
  await facade.importReport(createReadStream(sampleTenant));
  const apps = await listAll(client);
  expect(apps).toHaveLength(200);

  const sandbox = await createSandbox();
  const env = { ...sandbox.env, INSTALL_SUMMARY_URL: `${facade.url}/beta`, INSTALL_SUMMARY_TOKEN: token };
  const command = spawn(process.execPath, [editorProgram, "list", "--output", "json", "--limit", "0"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(command, "exit");
  // Read at once: what nothing has begun to read when the program ends is dropped by Node.
  const printed = await buffer(command.stdout);
  expect(await ended).toEqual([0, null]);
  expect(await importInto(Readable.from([printed]))).toEqual(apps);

  const url = `${facade.url}/beta/deviceAppManagement/mobileApps?$expand=installSummary`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(await importInto(response.body ?? [])).toEqual(apps);

  const written = writeReport(apps.map((app) => ({ app, patch: app.installSummary })));
  expect(await importInto(written)).toEqual(apps);
});

async function open(): Promise<{
  readonly facade: Facade;
  readonly token: string;
  readonly client: InstallSummaryClient;
}> {
  const facade = await createFacade();
  onTestFinished(() => facade.close());
  const token = await facade.issueToken();
  const client = createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token });
  return { facade, token, client };
}

/** Imports a file into a facade of its own, and returns the apps that are there then. */
async function importInto(source: Parameters<Facade["importReport"]>[0]): Promise<readonly ListedApp[]> {
  const { facade, client } = await open();
  expect(await facade.importReport(source)).toMatchObject({ ...counts, created: 200 });
  return listAll(client);
}

/** All apps, without the times at which they were imported. */
async function listAll(client: InstallSummaryClient): Promise<readonly ListedApp[]> {
  const apps: ListedApp[] = [];
  for await (const app of client.list()) apps.push({ ...app, createdDateTime: "", lastModifiedDateTime: "" });
  return apps;
}
