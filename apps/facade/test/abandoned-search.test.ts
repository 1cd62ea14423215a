import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../src/log/log.ts";
import { useFacade } from "./facades.ts";
import { openConnection } from "./sockets.ts";

test.each([
  "/beta/deviceAppManagement/mobileApps?$search=contoso",
  "/beta/deviceAppManagement/mobileApps/$count?$filter=contains(displayName,%27x%27)",
  "/api/changes?actor=alex",
])("a caller who goes away before the response to %s is searched for no longer", async (path) => {
  const lines: string[] = [];
  let written: (() => void) | undefined;
  const log = createLog(
    { log: "json" },
    {
      write(line) {
        lines.push(line);
        written?.();
      },
    },
  );
  const facade = await useFacade({ log });
  const { socket } = await openConnection(facade.url);
  lines.length = 0;
  // The thread of searches is started by the first one, which takes longer than the end of a connection.
  socket.end(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${await facade.issueToken()}\r\n\r\n`,
    () => socket.destroy(),
  );
  while (lines.length === 0) await new Promise<void>((resolve) => (written = resolve));
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ status: 400, code: "BadRequest" });
  expect((await facade.get(path)).status).toBe(200);
});

test("the searches of a batch listen once for the end of its connection", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const facade = await useFacade();
  const url = "/deviceAppManagement/mobileApps?$search=contoso";
  const requests = Array.from({ length: 20 }, (_, at) => ({ id: String(at), method: "GET", url }));
  const response = await facade.call("POST", "/beta/$batch", {
    body: JSON.stringify({ requests }),
    headers: { "Content-Type": "application/json" },
  });
  expect(response.status).toBe(200);
  // Node gives a warning about listeners in the next turn.
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});
