import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { openFacade } from "./facades.ts";
import { largeReport } from "./reports.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";
import { readFileSync } from "node:fs";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";

test("a download of the log that an erasure overtakes ends with an error, and the log says so in one line", async () => {
  const data = join(temporaryFolder(), "data");
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const facade = await openFacade({ settings: { data }, log });
  onTestFinished(() => facade.close());
  await facade.importReport(new Blob([readFileSync(largeReport(temporaryFolder(), 12_000))]).stream());
  // The server of Hono prints the error as well.
  const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
  onTestFinished(() => printed.mockRestore());
  const response = await facade.get("/api/changes?format=csv");
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  await reader?.read();
  const other = await openTestStore({ file: join(data, "install-summary.db") });
  await other.open({ tenantId: developmentTenantId, actor: "erase", origin: "command" }).erase();
  const rest = async (): Promise<void> => {
    for (;;) if ((await reader?.read())?.done !== false) return;
  };
  await expect(rest()).rejects.toThrow("terminated");
  const cut = lines.filter(({ msg }) => msg === "response cut");
  expect(cut).toMatchObject([
    { level: 40, requestId: response.headers.get("request-id"), resource: "changes", code: "Gone" },
  ]);
});
