import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { openFacade } from "./facades.ts";
import { largeReport } from "./reports.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";
import { readFileSync } from "node:fs";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";

/** Begins a download of 12,000 changes that is read no further than its first bytes. */
async function beginDownload() {
  const data = join(temporaryFolder(), "data");
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const facade = await openFacade({ settings: { data }, log });
  onTestFinished(() => facade.close());
  await facade.importReport(new Blob([readFileSync(largeReport(temporaryFolder(), 12_000))]).stream());
  const printed = vi.spyOn(console, "error");
  onTestFinished(() => printed.mockRestore());
  const response = await facade.get("/api/changes?format=csv");
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  await reader?.read();
  return {
    facade,
    file: join(data, "install-summary.db"),
    requestId: response.headers.get("request-id"),
    rest: async (): Promise<void> => {
      for (;;) if ((await reader?.read())?.done !== false) return;
    },
    cut: () => lines.filter(({ msg }) => msg === "response cut"),
    printed,
  };
}

test("a download of the log that an erasure overtakes is cut, and the log says so in one line, without a stack beside it", async () => {
  const { file, rest, cut, requestId, printed } = await beginDownload();
  const other = await openTestStore({ file });
  await other.open({ tenantId: developmentTenantId, actor: "erase", origin: "command" }).erase();
  await expect(rest()).rejects.toThrow("terminated");
  expect(cut()).toMatchObject([{ level: 40, requestId, resource: "changes", code: "Gone" }]);
  expect(printed).not.toHaveBeenCalled();
});

test("a download of the log is cut where the service ends, since it would look whole", async () => {
  const { facade, rest, cut, requestId, printed } = await beginDownload();
  const closed = facade.close();
  await expect(rest()).rejects.toThrow("terminated");
  await closed;
  expect(cut()).toMatchObject([{ level: 40, requestId, resource: "changes", code: "ServiceUnavailable" }]);
  expect(printed).not.toHaveBeenCalled();
});
