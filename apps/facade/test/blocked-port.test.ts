import { once } from "node:events";
import { expect, test } from "vitest";
import { checkAddress } from "../src/server/listen.ts";
import { startFacade } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

/** A port that is free here and that browsers block. */
async function freeBlockedPort(): Promise<number> {
  for (const port of [10_080, 6697, 6669, 6668, 6566, 5061]) {
    const isFree = await checkAddress("127.0.0.1", port).then(
      () => true,
      () => false,
    );
    if (isFree) return port;
  }
  throw new Error("every port that could be tried is in use");
}

test("serve warns in one line of a port that browsers block, and serves it", async () => {
  const port = await freeBlockedPort();
  const child = startFacade({ folder: temporaryFolder() }, "serve", "--port", String(port));
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
  while (child.stdout !== null && !output.includes("block port")) await once(child.stdout, "data");
  expect(output).toContain(`http://127.0.0.1:${port}/beta`);
  expect(output.split("\n").filter((line) => line.includes("block port"))).toEqual([
    expect.stringContaining(
      `browsers, and the fetch of Node, block port ${port}, and with them the editor; choose another with --port, such as 8420`,
    ),
  ]);
});
