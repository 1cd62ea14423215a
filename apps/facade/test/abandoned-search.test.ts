import { expect, test } from "vitest";
import { createLog } from "../src/log/log.ts";
import { useFacade } from "./facades.ts";
import { openConnection } from "./sockets.ts";

test.each([
  "/beta/deviceAppManagement/mobileApps?$search=contoso",
  "/beta/deviceAppManagement/mobileApps/$count?$filter=contains(displayName,%27x%27)",
  "/api/changes?actor=somebody",
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
