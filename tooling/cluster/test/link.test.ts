import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openLink } from "../src/processes/link.ts";

test("a link passes on what is sent and how it ends", async () => {
  const { near, far } = await connectThrough();
  near.write("there");
  expect(String((await once(far, "data"))[0])).toBe("there");
  far.end("and back");
  expect(String((await once(near, "data"))[0])).toBe("and back");
  await once(near, "close");
});

test("a cut link hides what is sent and the end of a connection until it is mended", async () => {
  const { near, far, link } = await connectThrough();
  link.cut();
  const told: string[] = [];
  near.on("data", (part) => told.push(String(part))).on("close", () => told.push("closed"));
  far.write("late");
  far.destroySoon();
  await once(far, "close");
  // A round trip through another link shows that there was time for it.
  const other = await connectThrough();
  other.near.write("now");
  await once(other.far, "data");
  expect(told).toEqual([]);
  link.mend();
  await once(near, "close");
  expect(told).toEqual(["late", "closed"]);
});

async function connectThrough() {
  const server = createServer({ allowHalfOpen: false });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const link = await openLink(portOf(server.address()));
  onTestFinished(() => link[Symbol.asyncDispose]());
  const accepted = once(server, "connection");
  const near = connect({ port: link.port, host: "127.0.0.1" });
  const far: Socket = (await accepted)[0];
  return { link, near, far };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
