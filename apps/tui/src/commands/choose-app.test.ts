import { exampleSummary } from "@install-summary/core/contract";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { barePlace } from "../../test/command-place.ts";
import { chooseApp } from "./choose-app.ts";

const names = [
  "Adobe Reader",
  "Adobe Reader DC",
  "Café 12",
  "Mozilla Firefox",
  "Mozilla Firefox",
  "R and D AND OR",
];
const apps = names.map((name, index) => listedApp(index, name));

function choose(
  text: string,
  among: readonly ListedApp[] = apps,
): Promise<ListedApp> & { searched: (string | undefined)[] } {
  const searched: (string | undefined)[] = [];
  const client: Pick<InstallSummaryClient, "getApp" | "list"> = {
    getApp: async (id) => ({ ...listedApp(0), id }),
    async *list(options) {
      searched.push(options?.search);
      yield* among;
    },
  };
  return Object.assign(chooseApp(client, text, { place: barePlace, signal: new AbortController().signal }), {
    searched,
  });
}

test("an id is taken as it is", async () => {
  expect((await choose(exampleSummary.id)).id).toBe(exampleSummary.id);
});

test("a name in full wins over names that contain it, whatever its case", async () => {
  expect((await choose("ADOBE reader")).displayName).toBe("Adobe Reader");
});

test("a part of one name only is enough, also where its accents are written apart", async () => {
  expect((await choose("reader d")).displayName).toBe("Adobe Reader DC");
  expect((await choose("cafe\u0301")).displayName).toBe("Café 12");
});

test("a part of several names lists them", async () => {
  await expect(choose("adobe")).rejects.toMatchObject({
    exit: 2,
    code: "AmbiguousApp",
    argument: "adobe",
    message: "adobe is in the names of 2 apps. Name one by its id:",
    help: [
      "00000000-0000-4000-8000-000000000000  Adobe Reader · Windows",
      "00000000-0000-4000-8000-000000000001  Adobe Reader DC · Android",
    ],
  });
});

test("of many the first ten are listed, and the command that shows the others", async () => {
  const many = Array.from({ length: 17 }, (_, index) => listedApp(index, `Adobe ${index}`));
  const error: unknown = await choose("adobe", many).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    message: "adobe is in the names of 17 apps. Name one by its id:",
    help: [
      ...many.slice(0, 10).map(({ id }) => expect.stringContaining(id)),
      "and 7 more: install-summary list --limit 0 shows all ids",
    ],
  });
});

test("a name that several apps have lists them", async () => {
  await expect(choose("mozilla firefox")).rejects.toMatchObject({
    exit: 2,
    message: '"mozilla firefox" is the name of 2 apps. Name one by its id:',
  });
});

test.each(["nope", "", "  "])("%j is not found", async (text) => {
  await expect(choose(text)).rejects.toMatchObject({ exit: 4, code: "AppNotFound" });
});

test("the server is asked for plain words, whatever syntax its search has", async () => {
  const chosen = choose('R "and" D AND OR');
  await expect(chosen).rejects.toMatchObject({ exit: 4 });
  expect(chosen.searched).toEqual(["R and D"]);
});

test.each([
  ["4488107D", "4488107d-0000-4000-8000-000000000001"],
  ["4488107d-0000-4", "4488107d-0000-4000-8000-000000000001"],
  ["44881080", "44881080-0000-4000-8000-000000000002"],
])("the beginning %s of an id is enough where only one app has it", async (text, id) => {
  expect(
    await chooseFrom(["4488107d-0000-4000-8000-000000000001", "44881080-0000-4000-8000-000000000002"], text),
  ).toBe(id);
});

test("the beginning of several ids lists them, one of no id is not found, and three digits are no id", async () => {
  const ids = ["4488107d-0000-4000-8000-000000000001", "44881080-0000-4000-8000-000000000002"];
  await expect(chooseFrom(ids, "4488")).rejects.toMatchObject({
    exit: 2,
    code: "AmbiguousApp",
    message: "4488 begins the ids of 2 apps. Name one by its id:",
  });
  await expect(chooseFrom(ids, "4499")).rejects.toMatchObject({ exit: 4, code: "AppNotFound" });
  await expect(chooseFrom(ids, "448")).rejects.toMatchObject({ exit: 4, code: "AppNotFound" });
});

const byId = { ...listedApp(0, "Payroll"), id: "20240000-0000-4000-8000-000000000034" };
const byPart = { ...listedApp(1, "Office LTSC 2024"), id: "aaaaaaab-0000-4000-8000-000000000033" };
const byName = { ...listedApp(2, "2024"), id: "aaaaaaac-0000-4000-8000-000000000035" };
const byBoth = { ...listedApp(3, "Visio 2024"), id: "20240001-0000-4000-8000-000000000036" };

test.each([
  [[byId, byPart], "is in the names, or begins the ids, of 2 apps"],
  [[byPart, byId], "is in the names, or begins the ids, of 2 apps"],
  [[byBoth, byId], "is in the names, or begins the ids, of 2 apps"],
  [[byBoth, byPart], "is in the names of 2 apps"],
])("a part of one app's name that begins the id of another lists both", async (among, how) => {
  const error: unknown = await choose("2024", among).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    exit: 2,
    code: "AmbiguousApp",
    message: `2024 ${how}. Name one by its id:`,
    help: expect.arrayContaining(among.map(({ id }) => expect.stringContaining(id))),
  });
});

test.each([
  ["a name in full", [byId, byPart, byName, byBoth], byName],
  ["an app whose name contains it and whose id begins with it", [byBoth], byBoth],
  ["the only id", [byId], byId],
  ["the only name", [byPart], byPart],
])("%s wins", async (_, among, app) => {
  for (const text of ["2024", " 2024 "]) expect(await choose(text, among)).toBe(app);
});

/** The id of the app that a text names among apps with these ids and no name that has the text. */
async function chooseFrom(ids: readonly string[], text: string): Promise<string> {
  const client: Pick<InstallSummaryClient, "getApp" | "list"> = {
    getApp: async (id) => ({ ...listedApp(0), id }),
    async *list(options) {
      if (options?.search === undefined) yield* ids.map((id) => ({ ...listedApp(0, "Plain"), id }));
    },
  };
  const place = { place: barePlace, signal: new AbortController().signal };
  return (await chooseApp(client, text, place)).id;
}
