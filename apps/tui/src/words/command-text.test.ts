import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { powershellWords } from "../../test/powershell-words.ts";
import { barePlace, bareSettings } from "../../test/command-place.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { wrapForShell } from "../editor/view/wrap-for-shell.ts";
import {
  commandList,
  getCommand,
  historyCommand,
  undoCommand,
  undoTitle,
  type CommandPlace,
} from "./command-text.ts";
import { allRowsCommand, applyCommand, planSinceCommand } from "./plan-commands.ts";
import { shellOf } from "./shell-text.ts";

const place = barePlace;
const inPowershell: CommandPlace = { ...place, shell: "powershell" };
const app = listedApp(1);
const patch = { failedDeviceCount: 8, pendingInstallUserCount: 270 };

test("what undoes a change is guarded by the version that the change made", () => {
  expect(undoCommand(place, app, patch, 'W/"8"')).toBe(
    `install-summary set ${app.id} failed=16 users.pending=272 --if-match 'W/"8"'`,
  );
  expect(undoCommand(place, app, patch, undefined)).toBe(
    `install-summary set ${app.id} failed=16 users.pending=272`,
  );
});

test("for PowerShell the guard has no quotes that an argument would lose there", () => {
  expect(undoCommand(inPowershell, app, patch, 'W/"8"')).toBe(
    `install-summary set ${app.id} failed=16 users.pending=272 --if-match 8`,
  );
  expect(undoCommand(inPowershell, app, patch, 'W/"it\'s"')).toBe(
    String.raw`install-summary set ${app.id} failed=16 users.pending=272 --if-match 'W/\"it''s\"'`,
  );
});

test("variables come before the command, as the shell sets them, and the program is called as its launcher says", () => {
  const elsewhere = {
    settings: bareSettings,
    baseUrl: "https://it's.example/beta",
    authorityFile: "/srv/it’s here/ca.pem",
    program: "npx -y pnpm@12 tui",
  };
  expect(getCommand({ ...elsewhere, shell: "posix" }, [app.id])).toBe(
    String.raw`INSTALL_SUMMARY_URL='https://it'\''s.example/beta' NODE_EXTRA_CA_CERTS='/srv/it’s here/ca.pem' npx -y pnpm@12 tui get ${app.id} --profile none`,
  );
  expect(getCommand({ ...elsewhere, shell: "powershell" }, [app.id])).toBe(
    "& { $before = $env:INSTALL_SUMMARY_URL, $env:NODE_EXTRA_CA_CERTS; try { " +
      "$env:INSTALL_SUMMARY_URL = 'https://it''s.example/beta'; $env:NODE_EXTRA_CA_CERTS = '/srv/it’’s here/ca.pem'; " +
      `npx -y pnpm@12 tui get ${app.id} --profile none } finally { $env:INSTALL_SUMMARY_URL, $env:NODE_EXTRA_CA_CERTS = $before } }`,
  );
});

test("in PowerShell a variable has its value for the command alone, and then the one that it had", () => {
  const elsewhere: CommandPlace = { ...inPowershell, baseUrl: "https://example/beta" };
  expect(getCommand(elsewhere, [app.id])).toBe(
    "& { $before = $env:INSTALL_SUMMARY_URL; try { $env:INSTALL_SUMMARY_URL = 'https://example/beta'; " +
      `install-summary get ${app.id} --profile none } finally { $env:INSTALL_SUMMARY_URL = $before } }`,
  );
});

function withProfile(profile: string): CommandPlace {
  return { ...place, settings: { ...bareSettings, profile, isBare: false } };
}

test("the profile comes last, and one that begins with a dash is no option of its own", () => {
  const url = `INSTALL_SUMMARY_URL='${place.baseUrl}'`;
  expect(getCommand(withProfile("prod"), [app.id])).toBe(
    `${url} install-summary get ${app.id} --profile prod`,
  );
  expect(getCommand(withProfile("my prod"), [app.id])).toBe(
    `${url} install-summary get ${app.id} --profile 'my prod'`,
  );
  expect(getCommand(withProfile("-odd"), [app.id])).toBe(
    `${url} install-summary get ${app.id} '--profile=-odd'`,
  );
  expect(allRowsCommand({ ...withProfile("prod"), baseUrl: "https://example/beta" })).toBe(
    "INSTALL_SUMMARY_URL='https://example/beta' install-summary list --limit 0 --output csv --profile prod > apps.csv",
  );
});

const hostile = fc
  .string({
    unit: fc.constantFrom(
      "a",
      "'",
      '"',
      " ",
      "$",
      "`",
      "\\",
      ";",
      "&",
      "|",
      "*",
      "~",
      "’",
      "‘",
      "‛",
      "é",
      "給",
    ),
    minLength: 1,
    maxLength: 60,
  })
  .filter((text) => text.trim() !== "");

test("a real shell is given each word as it is, however the lines are broken", ({ skip }) => {
  skip(!existsSync("/bin/sh"), "/bin/sh is not installed");
  const program = `sh -c 'printf "%s\\0" "$INSTALL_SUMMARY_URL" "$NODE_EXTRA_CA_CERTS" "$@"' sh`;
  const width = fc.integer({ min: 40, max: 120 });
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, width, (baseUrl, authorityFile, id, profile, columns) => {
      const settings = { ...bareSettings, profile };
      const command = getCommand({ ...barePlace, settings, baseUrl, authorityFile, program }, [id]);
      const lines = wrapForShell(command, "posix", columns).join("\n");
      const given = execFileSync("/bin/sh", ["-c", lines], { encoding: "utf8" });
      expect(given.split("\0").slice(0, -1)).toEqual([
        baseUrl,
        authorityFile,
        "get",
        id,
        "--profile",
        profile,
      ]);
    }),
    { numRuns: 40 },
  );
});

test("commands that are pasted together ask one after another, and the next one runs whatever comes of it", ({
  skip,
}) => {
  skip(!existsSync("/bin/bash"), "bash, which reads no more of its input than a line, is not installed");
  const program = `sh -c 'read -r reply; echo "$2 $reply"; test "$reply" = yes' sh`;
  const commands = ["one", "two", "three"].map((id) => getCommand({ ...place, program }, [id]));
  for (const width of [40, 47, 53, 80, 200]) {
    const pasted = wrapForShell(commandList(commands, "posix"), "posix", width).join("\n");
    const said = execFileSync("/bin/bash", [], { input: `${pasted}\nyes\nno\nyes\n`, encoding: "utf8" });
    expect([width, said]).toEqual([width, "one yes\ntwo no\nthree yes\n"]);
  }
});

// PowerShell itself is not run: its documented grammar is.
test("PowerShell's grammar gives each word as it is, however the lines are broken", () => {
  const width = fc.integer({ min: 40, max: 120 });
  fc.assert(
    fc.property(hostile, hostile, hostile, width, (baseUrl, authorityFile, id, columns) => {
      const at: CommandPlace = { ...inPowershell, baseUrl, authorityFile };
      const two = commandList([getCommand(at, [id]), getCommand(at, [app.id])], "powershell");
      const said = powershellWords(wrapForShell(two, "powershell", columns).join("\n"));
      const names = ["$env:INSTALL_SUMMARY_URL,", "$env:NODE_EXTRA_CA_CERTS"];
      const block = (appId: string): readonly (readonly string[])[] => [
        ["&", "{", "$before", "=", ...names],
        ["try", "{", "$env:INSTALL_SUMMARY_URL", "=", `=${baseUrl}`],
        ["$env:NODE_EXTRA_CA_CERTS", "=", `=${authorityFile}`],
        [
          "install-summary",
          "get",
          appId,
          "--profile",
          "none",
          "}",
          "finally",
          "{",
          ...names,
          "=",
          "$before",
          "}",
          "}",
        ],
      ];
      const word = /^[a-z]+$/.test(id) ? id : `=${id}`;
      expect(said).toEqual([...block(word), ...block(app.id)]);
    }),
  );
});

test.each([
  ["win32", {}, "powershell"],
  ["win32", { MSYSTEM: "MINGW64" }, "posix"],
  ["linux", { SHELL: "/bin/bash" }, "posix"],
  ["linux", { SHELL: "/bin/bash", PSModulePath: "/opt/microsoft/powershell/7/Modules" }, "powershell"],
] as const)("on %s with %j commands are for %s", (platform, env, shell) => {
  expect(shellOf(env, platform)).toBe(shell);
});

test("a name that begins with a dash comes behind all options, and is none of its own", () => {
  const url = `INSTALL_SUMMARY_URL='${place.baseUrl}'`;
  expect(historyCommand(place, "-NAME")).toBe("install-summary history -- '-NAME'");
  expect(historyCommand(withProfile("-odd"), "--help")).toBe(
    `${url} install-summary history '--profile=-odd' -- '--help'`,
  );
  expect(historyCommand(withProfile("prod"), "a-name")).toBe(
    `${url} install-summary history a-name --profile prod`,
  );
  expect(historyCommand(inPowershell, "-NAME")).toBe("install-summary history '--' '-NAME'");
  const files = [applyCommand(place, "-p.json", ["--each"]), planSinceCommand(place, "-apps.csv")];
  expect(files).toEqual([
    "install-summary apply --each -- '-p.json'",
    "install-summary plan -- '-apps.csv' OLD",
  ]);
});

test("an undo command is said to be guarded only where it is", () => {
  expect(undoTitle('W/"8"')).toBe("Undo (does nothing if the app has changed since):");
  expect(undoTitle(undefined)).toBe("Undo (the last writer wins):");
});
