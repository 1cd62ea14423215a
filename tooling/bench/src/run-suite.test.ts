import { expect, test } from "vitest";
import { runSuite } from "./run-suite.ts";

test("variants take turns, backwards in every other round, and what warms up is not counted", async () => {
  const order: string[] = [];
  const variant = (name: string) => ({
    variant: name,
    role: "ours" as const,
    measure: async () => {
      order.push(name);
      return { rate: order.length, bad: 0 };
    },
  });
  const cases = [{ case: "c", connections: 8, variants: [variant("a"), variant("b")] }];
  const said: string[] = [];
  const suite = { cases, targets: [], close: async () => undefined };
  const rows = await runSuite("s", suite, 3, (text) => said.push(text));
  expect(order.join(" ")).toBe("a b a b b a a b");
  expect(said).toEqual(["s: c"]);
  expect(rows).toHaveLength(6);
  expect(rows[0]).toEqual({
    suite: "s",
    case: "c",
    variant: "a",
    role: "ours",
    round: 1,
    connections: 8,
    rate: 3,
    bad: 0,
  });
});
