import { expect, test } from "vitest";
import { google, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useCommandsFixture();

test("get shows the counters of an app in a table", async () => {
  const ended = await runSignedIn(fixture.server, ["get", "google"]);
  expect(ended).toEqual({
    exit: 0,
    stderr: "",
    stdout: [
      "Counter          Devices  Users",
      "Installed          2,080  2,176",
      "Failed                16      8",
      "Not applicable       272    184",
      "Not installed         72     68",
      "Pending install       48    272",
      "",
      "Name  Google 給与計算システム 2.2 · Windows",
      `Id    ${google}`,
      'ETag  W/"7"',
      "",
    ].join("\n"),
  });
});

test("get gives one app as an object and several as an array", async () => {
  const one = await runSignedIn(fixture.server, ["get", google, "--output", "json"]);
  expect(JSON.parse(one.stdout)).toEqual({
    id: google,
    displayName: "Google 給与計算システム 2.2",
    etag: 'W/"7"',
    summary: fixture.server.current(google).summary,
  });
  const two = await runSignedIn(fixture.server, ["get", google, "adobe reader", "-o", "json"]);
  expect(JSON.parse(two.stdout)).toMatchObject([{ id: google }, { id: sampleId(1) }]);
});

test("list shows every app by name, with nothing that a terminal would act on", async () => {
  const { stdout, exit } = await runSignedIn(fixture.server, ["list"]);
  expect(exit).toBe(0);
  const [header, ...rows] = stdout.trimEnd().split("\n");
  expect(header).toBe(
    "App                          Platform  Installed  Failed  Not applicable  Not installed  Pending  Id",
  );
  expect(rows.map((row) => row.split("  ")[0])).toEqual([
    "Adobe Reader",
    "Adobe Reader DC",
    "Evil␛[2J⟨U+009B⟩ App",
    "Google 給与計算システム 2.2",
  ]);
  expect(stdout).toMatch(/^[\P{C}\n\u200d]*$/u);
});

test("list filters, sorts and limits, and says when there are more", async () => {
  const { stdout, stderr } = await runSignedIn(fixture.server, [
    "list",
    "--filter",
    "reader",
    "--sort",
    "-failed",
    "--limit",
    "1",
    "-o",
    "json",
  ]);
  expect(JSON.parse(stdout)).toEqual([
    {
      "@odata.type": "#microsoft.graph.iosVppApp",
      id: sampleId(2),
      displayName: "Adobe Reader DC",
      publisher: "Adobe",
      platform: "iOS",
      version: 1,
      etag: 'W/"1"',
      ...withoutId(sampleId(2)),
    },
  ]);
  expect(stderr).toBe("There are more apps: --limit 0 lists all.\n");
  expect((await runSignedIn(fixture.server, ["list", "--limit", "0"])).stderr).toBe("");
});

function withoutId(id: string): object {
  const { id: _, ...counters } = fixture.server.current(id).summary;
  return counters;
}

/** The names of the apps that `list` finds. */
async function names(filter: string): Promise<readonly unknown[]> {
  const { exit, stdout } = await runSignedIn(fixture.server, ["list", "--filter", filter, "-o", "json"]);
  expect(exit).toBe(0);
  const apps: readonly { readonly displayName: unknown }[] = JSON.parse(stdout);
  return apps.map(({ displayName }) => displayName);
}

test("list takes the editor's filter, and refuses a test that it does not have", async () => {
  expect(await names("failed>10")).toEqual(["Adobe Reader DC", "Google 給与計算システム 2.2"]);
  expect(await names("adobe failed>10")).toEqual(["Adobe Reader DC"]);
  expect(await names("adobe android")).toEqual(["Adobe Reader"]);
  expect(await names("acrbt")).toEqual([]);
  expect(await names("rdr dc")).toEqual(["Adobe Reader DC"]);
  expect(await names("-adobe failed>0")).toEqual(["Google 給与計算システム 2.2"]);
  expect(await names("-adobe")).toHaveLength(2);
  // No server searches by the id.
  expect(await names('"0000-4000-8000"')).toHaveLength(4);
  const wrong = await runSignedIn(fixture.server, ["list", "--filter", "adobe faild>10"]);
  expect(wrong).toMatchObject({ exit: 2, stdout: "" });
  expect(wrong.stderr).toContain(
    "faild>10 in the filter: No counter is called faild. Did you mean failed?\n  list --filter",
  );
});

test("list shows the counter of users that it is sorted by", async () => {
  const { stdout } = await runSignedIn(fixture.server, ["list", "--sort", "-users.failed"]);
  expect(stdout.split("\n")[0]).toMatch(/ Failed users +Id/);
});

test("the id that list prints is taken by its beginning", async () => {
  const { exit, stderr } = await runSignedIn(fixture.server, ["get", "00000000-0000"]);
  expect({ exit, first: stderr.split("\n")[0] }).toEqual({
    exit: 2,
    first: "install-summary: 00000000-0000 begins the ids of 4 apps. Name one by its id:",
  });
  const found = await runSignedIn(fixture.server, ["get", "00000000-0000-4000-8000-00000000000"]);
  expect(found.exit).toBe(2);
});

test("advice calls the program as its launcher says", async () => {
  const env = { INSTALL_SUMMARY_PROGRAM: "npx -y pnpm@12 tui" };
  const { stderr } = await runSignedIn(fixture.server, ["get", "no such app"], { env });
  expect(stderr).toContain(" npx -y pnpm@12 tui list --filter TEXT --profile none finds apps");
});

test("list searches for what was typed, whatever syntax the server's search has", async () => {
  expect(await names('"adobe reader"')).toEqual(["Adobe Reader", "Adobe Reader DC"]);
  expect(await names('"reader adobe"')).toEqual([]);
  for (const text of ['"adobe', "http://adobe reader", "(adobe)"]) {
    const found = text.startsWith("http") ? [] : ["Adobe Reader", "Adobe Reader DC"];
    expect(await names(text)).toEqual(found);
  }
  for (const text of ["name:adobe", "給".repeat(3000)]) expect(await names(text)).toEqual([]);
});

function searched(): readonly (string | null)[] {
  return fixture.server.requests.map(({ url }) =>
    new URL(url, "http://localhost").searchParams.get("$search"),
  );
}

test("words in quotes narrow the search of the server, and others are searched here", async () => {
  await names('"adobe reader" dc');
  expect(searched()[0]).toContain("adobe");
  const before = searched().length;
  await names("adobe");
  expect(searched().slice(before)).toEqual([null, null]);
});

test.each([
  ["OR", "OR in the filter: An app has to pass all parts"],
  ["adobe AND reader", "AND in the filter: An app has to pass"],
  ["adobe NOT reader", "NOT in the filter: An app has to pass"],
  ["platform:", "platform: in the filter needs a value."],
  ["failed > 10", "> in the filter: A test is written without blanks"],
  ["failed >10", ">10 in the filter: A test is written without blanks"],
  ["failed>x", "failed>x in the filter: failed> takes a whole number"],
  ["is:staged", "Only the editor knows is:staged"],
])("the filter %j would silently find nothing, so it is refused", async (filter, message) => {
  const { exit, stdout, stderr } = await runSignedIn(fixture.server, ["list", "--filter", filter]);
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
  expect(stderr).toContain(`install-summary: ${message}`);
});

test("what changed last needs a server that keeps a log of changes", async () => {
  const { exit, stderr } = await runSignedIn(fixture.server, ["list", "--sort", "-changed"]);
  expect(exit).toBe(4);
  expect(stderr).toMatch(/^install-summary: This server /);
});

test("a name that is too long for a URL is not found, and neither is one with a line break", async () => {
  const { exit, stderr } = await runSignedIn(fixture.server, ["get", "給".repeat(5000)]);
  expect(exit).toBe(4);
  expect(stderr).toMatch(/^install-summary: No app's name contains 給+…\.\n/);
  expect((await runSignedIn(fixture.server, ["get", "no\nsuch"])).stderr).toMatch(
    /^install-summary: No app's name contains no␊such\.\n {2}get no␊such\n/,
  );
});

test("where the locale is not UTF-8, the program's own signs are ASCII and names and JSON as they are", async () => {
  const env = { LC_ALL: "C" };
  const table = await runSignedIn(fixture.server, ["get", "google"], { env });
  expect(table.stdout.replaceAll("給与計算システム", "")).toMatch(/^[\n -~]*$/);
  const refused = await runSignedIn(fixture.server, ["get", "adobe"], { env });
  expect(refused.stderr).toMatch(/^[\n -~]*$/);
  expect(refused.stderr).toContain("Adobe Reader - Android");
  const json = await runSignedIn(fixture.server, ["get", "google", "-o", "json"], { env });
  expect(json.stdout).toContain("給与計算システム");
});
