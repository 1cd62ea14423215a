import { expect, test } from "vitest";
import { converse, type Conversation } from "../../../test/converse.ts";
import { listedApp } from "../../../test/sample-apps.ts";

const app = listedApp(0, "Payroll");
const question = "Type a number for failed devices of Payroll, Windows (00000000), or back.";

function stagedOf({ editor }: Conversation): unknown {
  return editor.state().staging.apps.get(app.id)?.edits;
}

function inReview(): Conversation {
  const person = converse([app]);
  person.say("payroll", "failed 8", "review");
  return person;
}

function inConflict(): Conversation {
  const person = inReview();
  const installSummary = { ...app.installSummary, failedDeviceCount: 12 };
  person.editor.read("refresh", { ...app, installSummary, etag: 'W/"9"' });
  person.say("enter");
  return person;
}

test.each(["enter", "+", "-", "−"])(
  "%s beside an open app asks for the counter, and opens nothing",
  (line) => {
    const person = converse([app]);
    person.say("payroll");
    expect(person.hear(line)).toEqual(["Name the counter too, such as failed 8."]);
    person.say("7", "failed +1");
    expect(stagedOf(person)).toEqual({ failedDeviceCount: { add: 1 } });
  },
);

test.each([
  ["the review", inReview, "counters"],
  ["the table of conflicts", inConflict, "conflict"],
])("e in %s says which number it asks for, and takes it", (_, arrive, screen) => {
  const person = arrive();
  expect(person.hear("e").at(-1)).toBe(question);
  expect(person.hear("").at(-1)).toBe(question);
  expect(person.hear("back")[0]).toBe("No number was typed.");
  expect(person.editor.state().screen.name).toBe(screen);
  const again = arrive();
  again.say("e", "9");
  expect(stagedOf(again)).toEqual({ failedDeviceCount: 9 });
});

test.each([
  ["the review", inReview],
  ["the table of conflicts", inConflict],
])("a line that is no number closes the entry of %s with a word, and is done", (_, arrive) => {
  for (const [line, said] of [
    ["failed", "Failed devices: "],
    ["installed 5", "Staged: installed devices 2,080 to 5"],
    ["payroll", "Payroll, Windows, version "],
    ["help", "A name, or a part of it: "],
  ] as const) {
    const person = arrive();
    person.say("e");
    const [closed, ...rest] = person.hear(line);
    expect(closed).toBe("No number was typed.");
    expect(rest.some((row) => row.startsWith(said))).toBe(true);
  }
});

test.each(["1.5", "1e3", "+", "-99999", "0000000000000000000000000000009"])(
  "%s is refused whole, and no entry stays open",
  (line) => {
    for (const person of [inReview(), inConflict()]) {
      const before = stagedOf(person);
      person.say("e");
      expect(person.hear(line).join(" ")).toMatch(
        /Not staged: "|No(?:thing pasted. No)? counter has a number/,
      );
      expect(stagedOf(person)).toEqual(before);
      person.say("7");
      expect(stagedOf(person)).toEqual(before);
    }
  },
);

test("a sign without a number is told what to type in the table of conflicts", () => {
  expect(inConflict().hear("+")[0]).toBe("Type e first, then the number, such as +5.");
});

test.each(["help", "undo", "quit", "review", "failed", "1"])(
  "%s is no letter to sort by: the order stays, and it is done",
  (line) => {
    const person = converse([app]);
    person.say("payroll", "failed 8", "list", "o");
    const { sort } = person.editor.state().list;
    const [declined] = person.hear(line);
    expect(declined).toBe("The order stays as it was.");
    expect(person.editor.state().list.sort).toBe(sort);
    expect(person.editor.state().screen.name).not.toBe("sort");
  },
);

test("each letter that is said sorts the list", () => {
  const person = converse([app]);
  person.say("list", "o");
  expect(person.hear("t")).toContain("1 app, by share failed. Type a number, or more of the name.");
  person.say("o");
  expect(person.hear("n")[0]).toMatch(/^1 app, by not installed/);
});
