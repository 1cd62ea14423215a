import { expect, test } from "vitest";
import { runSuite } from "./run-suite.ts";

test("variants take turns, backwards in every other round, after a warm-up that is not counted", async () => {
  const order: string[] = [];
  const variant = (name: string) => ({
    variant: name,
    role: "ours" as const,
    measure: async () => {
      order.push(name);
      return { rate: order.length, bad: 0 };
    },
  });
  const warmed = {
    ...variant("b"),
    warmUp: async () => {
      order.push("warm b");
    },
  };
  const cases = [{ case: "c", connections: 8, variants: [variant("a"), warmed] }];
  const said: string[] = [];
  const rows = await runSuite("s", { cases }, 3, (text) => said.push(text));
  expect(order.join(", ")).toBe("a, warm b, a, b, b, a, a, b");
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
