import { expect, test } from "vitest";
import { toldApart } from "./told-apart.ts";

const workday = { id: "7c1e44d0-0000-4000-8000-000000000000", displayName: "Workday" };
const other = { id: "f0292e85-0000-4000-8000-000000000000", displayName: "Workday" };
const slack = { id: "3f30c2b5-0000-4000-8000-000000000000", displayName: "Slack" };

test("apps of the same name are told apart by their ids, others by their names", () => {
  const nameOf = toldApart([workday, slack, other]);
  expect([workday, slack, other].map(nameOf)).toEqual(["Workday (7c1e44d0)", "Slack", "Workday (f0292e85)"]);
});

test("an app that is there twice needs no id", () => {
  expect(toldApart([slack, { ...slack, id: slack.id.toUpperCase() }])(slack)).toBe("Slack");
});
