import { expect, test } from "vitest";
import { openContractServer, sendTo } from "../../test/contract-server.ts";
import { appId } from "../../test/samples.ts";
import { checkPair } from "./check-pair.ts";
import { goldenPairs } from "./golden-pairs.ts";

test("honest", async () => {
  const server = openContractServer();
  const run = { appId, etags: new Map<string,string>() };
  const found: unknown[] = [];
  for (const pair of goldenPairs) {
    const d = await checkPair(pair, sendTo(server.answer), run);
    if (d.length) found.push([pair.name, d]);
  }
  expect(found).toEqual([]);
});
