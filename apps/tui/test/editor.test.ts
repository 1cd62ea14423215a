import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useEditorFixture();
const google = sampleId(0);

test("a person finds an app, edits a number, reviews it, sends it, and quits", async () => {
  const { server } = fixture;
  const editor = fixture.start();
  await editor.shows("13 apps · by failed ↓");
  editor.type("/給与");
  await editor.shows("1 of 13");
  editor.type(`${keys.enter}${keys.right}8`);
  await editor.shows("341 → 8▏");
  editor.type(keys.enter);
  await editor.shows("341 → 8 ●");
  expect(server.requests.filter(({ method }) => method === "PATCH")).toEqual([]);
  editor.type("s");
  await editor.shows("Send 1 change to 1 app?");
  await editor.shows('If-Match: W/"1"');
  await editor.shows('{"failedDeviceCount":8}');
  editor.type("y");
  await editor.shows("1 → 2  failed devices 8");
  await editor.shows(
    `INSTALL_SUMMARY_URL='${server.url}' install-summary set \\\n  ${google} failed=341 --if-match 'W/"2"'`,
  );
  expect(server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 8 } });
  const patch = server.requests.find(({ method }) => method === "PATCH");
  expect(patch?.body).toBe('{"failedDeviceCount":8}');
  expect(patch?.headers).toMatchObject({ "if-match": 'W/"1"', "install-summary-origin": "editor" });
  editor.type(keys.escape);
  await editor.shows("▸  Google");
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
});

test.each([true, false])(
  "the panes stand apart at one column, whether the terminal joins signs: %s",
  async (joinsSigns) => {
    const editor = fixture.start({ joinsSigns });
    await editor.shows("13 apps · by failed ↓");
    await editor.shows(joinsSigns ? "👨‍👩‍👧‍👦 Family" : "👨👩👧👦 Family");
    const { active } = editor.emulator.buffer;
    const body = (): readonly (string | undefined)[] =>
      Array.from({ length: 19 }, (_, row) =>
        active
          .getLine(row + 2)
          ?.getCell(40)
          ?.getChars(),
      );
    // The name may be there before the rest of its frame.
    await expect.poll(body).toEqual(Array.from({ length: 19 }, () => "│"));
    expect(editor.screen()).not.toMatch(/\[\d+;\d+R/);
    editor.type("q");
    expect(await editor.ended).toMatchObject({ exitCode: 0 });
  },
);

test("a change of someone else costs nothing: all stays staged, R reads again, and then it is sent", async () => {
  const { server } = fixture;
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}8${keys.enter}s`);
  await editor.shows("Send 1 change");
  server.change(google, { failedDeviceCount: 300, failedUserCount: 1 });
  editor.type("y");
  await editor.shows("This app has changed: version 2 is there now");
  await editor.shows("≠ Failed devices                   341           300             8  both");
  editor.type("R");
  await editor.shows("Mine 8 was typed against 341. Theirs is 300.");
  await editor.shows(/≠ Failed devices +341 +300 +8 +\? m or t/);
  await editor.shows(/· Failed users +\d+ +1 +· +\(theirs\)/);
  editor.type("m");
  await editor.shows("all decided");
  editor.type(keys.enter);
  await editor.shows(" 300 →             8 ");
  await editor.shows('If-Match: W/"2"');
  editor.type("y");
  await editor.shows("2 → 3  ");
  expect(server.current(google).summary).toMatchObject({ failedDeviceCount: 8, failedUserCount: 1 });
});

test("a change whose response is lost is found by reading again", async () => {
  const { server } = fixture;
  server.intervene(({ method }) => (method === "PATCH" ? "breakAfter" : undefined));
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}8${keys.enter}s`);
  await editor.shows("Send 1 change");
  editor.type("y");
  await editor.shows("no response, read again");
  await editor.shows(/Reading\s+it\s+again\s+shows\s+your\s+values:\s+the\s+change\s+counts\s+as\s+applied/);
  expect(server.current(google).version).toBe(2);
});

test("a 503 that was applied, then Esc and R: the amount counts once, and can be undone", async () => {
  const { server } = fixture;
  const error = { code: "ServiceUnavailable", message: "Service is down.", innerError: {} };
  server.intervene(({ method }) =>
    method === "PATCH"
      ? { applied: true, status: 503, headers: { "request-id": "0d51", "retry-after": "5" }, body: { error } }
      : undefined,
  );
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}+100${keys.enter}s`);
  await editor.shows("Send 1 change");
  editor.type("y");
  await editor.shows("the server responded 503, sent again in");
  editor.type(keys.escape);
  await editor.shows("1 not confirmed");
  await editor.shows("request-id 0d51");
  editor.type("R");
  await editor.shows("1 sent");
  await editor.shows(`failed=341 --if-match 'W/"2"'`);
  editor.type(`${keys.escape}s`);
  await editor.shows("Nothing is staged.");
  expect(server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 441 } });
  expect(server.requests.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});

test("a server that is busy is given the time it asks for", async () => {
  const { server } = fixture;
  let refusals = 0;
  server.intervene(({ method }) => {
    if (method !== "PATCH" || refusals > 0) return undefined;
    refusals += 1;
    const error = { code: "TooManyRequests", message: "Please retry again later.", innerError: {} };
    return { status: 429, headers: { "retry-after": "1" }, body: { error } };
  });
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}8${keys.enter}s`);
  await editor.shows("Send 1 change");
  editor.type("y");
  await editor.shows("the server asks to wait");
  await editor.shows("1 → 2  ");
  expect(server.requests.filter(({ method }) => method === "PATCH")).toHaveLength(2);
});

test("without a connection the editor says so and goes on by itself when there is one", async () => {
  const { server } = fixture;
  server.intervene(() => "breakBefore");
  const editor = fixture.start();
  await editor.shows("✗ No usable response came");
  server.intervene(() => undefined);
  await editor.shows("13 apps · by failed ↓");
  await editor.hides("No usable response came");
  expect(server.requests.length).toBeGreaterThan(1);
});

test("a token that expires is named, and nothing staged is lost", async () => {
  const { server } = fixture;
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}8${keys.enter}s`);
  await editor.shows("Send 1 change");
  const error = {
    code: "InvalidAuthenticationToken",
    message: "Lifetime validation failed.",
    innerError: {},
  };
  server.intervene(() => ({ status: 401, body: { error } }));
  editor.type("y");
  await editor.shows("Not signed in (401): Lifetime validation failed.");
  await editor.shows("t takes a new token.");
  editor.type(keys.escape);
  await editor.shows("341 → 8 ●");
  expect(server.current(google).version).toBe(1);
});

test("a new token is pasted where the old one is refused, is never shown, and is used from then on", async () => {
  const { server } = fixture;
  const editor = fixture.start({ env: { ...fixture.env(), INSTALL_SUMMARY_TOKEN: "old.old.old" } });
  await editor.shows("INSTALL_SUMMARY_TOKEN is read once: t takes a new token.");
  await editor.shows("t new token");
  editor.type("t");
  await editor.shows("Paste or type a new token. It is not shown.");
  editor.type(`\u001b[200~Bearer ${server.token}\n\u001b[201~`);
  await editor.shows("characters. Enter uses it.");
  expect(editor.screen()).not.toContain(server.token);
  editor.type(keys.enter);
  await editor.shows("13 apps");
  editor.type(`${keys.right}8${keys.enter}sy`);
  await editor.shows("1 sent");
  expect(server.current(google).version).toBe(2);
});

test.each([keys.down, keys.up, keys.tab, keys.right])(
  "Esc that arrives together with the key %j after it drops the entry",
  async (key) => {
    const editor = fixture.start();
    await editor.shows("13 apps");
    editor.type(keys.right);
    await editor.shows("▸ 341");
    editor.type("7");
    await editor.shows("341 → 7▏");
    editor.type(`${keys.escape}${key}`);
    await editor.hides("▏");
    await editor.hides("●");
    editor.type("s");
    await editor.shows("Nothing is staged");
    // How often it has read by then depends on its speed.
    expect(fixture.server.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  },
);

test("ten numbers come in as they are on the screen by one paste and go by one undo", async () => {
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(keys.right);
  await editor.shows("▸ 341");
  editor.type("\u001b[200~1\t2\n3\t4\n5\t6\n7\t8\n9\t10\n\u001b[201~");
  await editor.shows("Pasted as devices 1 3 5 7 9, users 2 4 6 8 10. u undoes it.");
  editor.type("u");
  await editor.hides("●");
  await editor.shows("2,080");
  expect(fixture.server.requests.map(({ method }) => method)).not.toContain("PATCH");
});

test("Esc that arrives in one read with a paste drops the entry, and the paste stays a paste", async () => {
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}7`);
  await editor.shows("341 → 7");
  editor.type(`${keys.escape}\u001b[200~1\t2\n3\t4\n5\t6\n7\t8\n9\t10\n\u001b[201~`);
  await editor.shows("Pasted as devices 1 3 5 7 9, users 2 4 6 8 10. u undoes it.");
  editor.type("u");
  await editor.hides("●");
  // Pasted text is never keys, whatever comes before it.
  editor.type(`9${keys.escape}\u001b[200~Dyq\u001b[201~5`);
  await editor.shows("Dyq5");
  expect(fixture.server.requests.map(({ method }) => method)).not.toContain("PATCH");
});

test("a paste whose mark arrives in two reads sends nothing, and one without an end is told and given up", async () => {
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}8${keys.enter}s`);
  await editor.shows("Send 1 change");
  editor.type("\u001b[20");
  await pause(100);
  editor.type("0~yes\u001b[201~");
  await editor.shows("Nothing pasted: a paste goes into a counter.");
  editor.type("\u001b[200~y");
  await editor.shows("The end of a paste has not come. Esc gives the paste up.");
  editor.type(keys.escape);
  await editor.shows("Nothing pasted: the end of the paste has not come.");
  editor.type(keys.escape);
  await editor.shows("341 → 8 ●");
  expect(fixture.server.requests.map(({ method }) => method)).not.toContain("PATCH");
});

test("c then c gives curl to the terminal's clipboard and to the eye, without the token", async () => {
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}8${keys.enter}c`);
  await editor.shows("Copy as what?");
  editor.type("c");
  await editor.shows(/Copied: curl[^]*\n Esc back/);
  const [, rest = ""] = editor.written().split("\u001b]52;c;");
  const [copied = ""] = rest.split("\u0007");
  const text = Buffer.from(copied, "base64").toString();
  expect(text).toContain(`/deviceAppManagement/mobileApps/${google}/installSummary'`);
  expect(text).toContain(`-H "Authorization: Bearer $TOKEN"`);
  expect(text).toContain(`-d '{"failedDeviceCount":8}'`);
  expect(editor.written()).not.toContain(fixture.server.token);
  // What stands on the screen is the same command, broken into lines that a shell joins again.
  const shown = editor.screen().split("\n").slice(3, -1).join("\n").trim();
  expect(shown.replaceAll("'\\\n'", "").replaceAll("\\\n  ", "")).toBe(text.replaceAll("\\\n  ", ""));
});

test("names cannot move the cursor, set the title or turn the text around", async () => {
  const editor = fixture.start({ columns: 120, rows: 30 });
  await editor.shows("Evil␛[2J␛[31m App 1.0");
  await editor.shows("␛]0;owned␇Title Changer");
  await editor.shows("Invoice ⟨U+202E⟩fdp.exe");
  await editor.shows("Label Printer␊Second");
  expect(editor.written()).not.toContain("\u001b[2J");
  expect(editor.written()).not.toContain("owned\u0007");
  expect(editor.written()).not.toContain("\u202e");
});

test.each([
  ["40×12", 40, 12],
  ["80×24", 80, 24],
  ["120×40", 120, 40],
])("%s: every screen fits, and nothing is drawn twice", async (_, columns, rows) => {
  const editor = fixture.start({ columns, rows });
  // From the first row to the keys in the last one, and nothing has scrolled away.
  const whole = new RegExp(`^(?:[^\\n]*\\n){${rows - 1}}[^\\n]+$`);
  const fits = async (): Promise<void> => {
    await editor.shows(whole);
    expect(editor.emulator.buffer.active.baseY).toBe(0);
  };
  await editor.shows(/13 (?:apps|·)/);
  await fits();
  editor.type(keys.right);
  await editor.shows("Esc list");
  await fits();
  editor.type(`8${keys.enter}`);
  await editor.shows("review (1)");
  editor.type("s");
  await editor.shows("y send 1");
  await fits();
  editor.type("?");
  await editor.shows("Keys");
  await fits();
  editor.type(keys.escape);
  await editor.shows("y send 1");
  editor.type("y");
  await editor.shows("1 sent");
  await fits();
});

test("a resize is followed at once, down to what is too small and back", async () => {
  const editor = fixture.start();
  await editor.shows("┬");
  editor.resize(40, 12);
  await editor.hides("│");
  await editor.shows("Zoom Chrome Enterpr… Andr");
  editor.resize(30, 8);
  await editor.shows("at least 40×12");
  editor.resize(120, 40);
  await editor.shows(/Share[^]*q quit$/);
  expect(editor.screen().split("\n")).toHaveLength(40);
});

test("NO_COLOR is obeyed, and signs say what colours say", async () => {
  const editor = fixture.start({ env: { ...fixture.env(), NO_COLOR: "1" } });
  await editor.shows("341  12 %");
  // Colours of the foreground and the background; bold, dim and reverse video are none.
  expect(editor.written()).not.toMatch(/\u001b\[(?:[349]\d|10\d)m/);
});

test("only the sixteen colours of the terminal's own palette are used", async () => {
  const editor = fixture.start({ env: { ...fixture.env(), COLORTERM: "truecolor" } });
  await editor.shows("341  12 %");
  expect(editor.written()).toMatch(/\u001b\[3[1-7]m/);
  expect(editor.written()).not.toContain("[38;");
  expect(editor.written()).not.toMatch(/\u001b\[(?:4\d|10\d)m/);
});
