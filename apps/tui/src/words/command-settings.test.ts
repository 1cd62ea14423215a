import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readVariable } from "@install-summary/command-line/variables";
import { expect, test } from "vitest";
import { globalOptions } from "../commands/global-options.ts";
import { callSettings } from "../config/call-settings.ts";
import { defaultBaseUrl } from "../config/config-keys.ts";
import { hasToken, profileName, tokenVariables, withProfile } from "../config/profile.ts";
import { isSameServer } from "../config/same-server.ts";
import { baseUrlFrom } from "../server/connection.ts";
import { commandPlace } from "./command-place.ts";
import { getCommand } from "./command-text.ts";

type Environment = Readonly<Record<string, string>>;
type Profiles = Readonly<Record<string, Environment>>;

const dev = "https://dev.example/beta";
const prod = "https://prod.example/beta";
const named: Profiles = {
  prod: { url: prod, tokenFile: "/prod", tenant: "11111111-1111-1111-1111-111111111111", readOnly: "true" },
  "the 'best' one": { tokenVariable: "BEST" },
  "-odd": { url: prod },
  bare: { glyphs: "ascii" },
};
const configs: readonly Profiles[] = [
  {},
  named,
  { ...named, default: { url: dev } },
  { ...named, default: { url: dev, tokenVariable: "DEV", tenant: "22222222-2222-2222-2222-222222222222" } },
  { ...named, default: { tokenCommand: "print-token" } },
];
const options = [undefined, "default", "none", ...Object.keys(named)];
const variables: readonly (readonly [string, readonly (string | undefined)[]])[] = [
  ["INSTALL_SUMMARY_PROFILE", [undefined, "default", "none", "prod", "bare"]],
  ["INSTALL_SUMMARY_URL", [undefined, defaultBaseUrl, prod, "https://other.example/beta/"]],
  ["INSTALL_SUMMARY_TOKEN_TENANT", [undefined, "it's a tenant"]],
  ["INSTALL_SUMMARY_TOKEN", [undefined, "environment's"]],
];
/** What a shell has whatever was set for a call: the variables that profiles take their tokens from. */
const always = { DEV: "dev-token", BEST: "best-token" };

const environments = variables.reduce<readonly Environment[]>(
  (all, [name, values]) =>
    all.flatMap((env) => values.map((value) => (value === undefined ? env : { ...env, [name]: value }))),
  [always],
);

interface Call {
  readonly profiles: Profiles;
  readonly env: Environment;
  readonly option: string | undefined;
}

const calls: readonly Call[] = configs
  .flatMap((profiles) => environments.flatMap((env) => options.map((option) => ({ profiles, env, option }))))
  .filter(({ profiles, env, option }) => {
    const name = profileName(env, option);
    return name === "default" || name === "none" || profiles[name] !== undefined;
  });

function configOf(profiles: Profiles): Parameters<typeof withProfile>[2] {
  const maps = Object.entries(profiles).map(([name, one]) => [name, new Map(Object.entries(one))] as const);
  return { file: "config.json", schema: undefined, profiles: new Map(maps) };
}

/** What a call comes to, by the program's own rules. */
function settle({ profiles, env, option }: Call) {
  const profiled = withProfile(env, profileName(env, option), configOf(profiles));
  const read = (name: string): string | undefined => readVariable(profiled.env, name);
  return {
    url: baseUrlFrom(profiled.env),
    tenant: read("INSTALL_SUMMARY_TOKEN_TENANT"),
    token: ["", "_FILE", "_COMMAND"].map((end) => read(`INSTALL_SUMMARY_TOKEN${end}`)),
    profile: profiled.name,
  };
}

/** The variables and the arguments that a shell with variables of its own gives to each shown command. */
function run(
  commands: readonly string[],
  shell: Environment,
): readonly { readonly env: Environment; readonly option: string | undefined }[] {
  const names = [
    "INSTALL_SUMMARY_URL",
    "INSTALL_SUMMARY_TOKEN_TENANT",
    "INSTALL_SUMMARY_PROFILE",
    ...tokenVariables,
  ];
  const program = `shown() { printf '%s\\0' ${names.map((name) => `"$${name}"`).join(" ")} "$@" END; }`;
  const script = [program, ...commands.map((command) => `(${command})`)].join("\n");
  const said = execFileSync("/bin/sh", [], {
    input: script,
    encoding: "utf8",
    env: shell,
    maxBuffer: 1 << 26,
  });
  return said
    .split("END\0")
    .slice(0, -1)
    .map((text) => {
      const values = text.split("\0").slice(0, -1);
      const words = values.slice(names.length);
      const given = names.flatMap((name, index) => {
        const value = values[index] ?? "";
        return value === "" ? [] : [[name, value] as const];
      });
      expect(words.slice(0, 2)).toEqual(["get", "an-app"]);
      return { env: Object.fromEntries(given), option: globalOptions(words).profile };
    });
}

const app = "an-app";

const shells: readonly (readonly [string, Environment])[] = [
  ["a fresh one", {}],
  ["one with another server", { INSTALL_SUMMARY_URL: dev }],
  ["one with another profile", { INSTALL_SUMMARY_PROFILE: "prod" }],
  ["one with another tenant", { INSTALL_SUMMARY_TOKEN_TENANT: "other" }],
  [
    "one with another of each",
    {
      INSTALL_SUMMARY_URL: dev,
      INSTALL_SUMMARY_PROFILE: "the 'best' one",
      INSTALL_SUMMARY_TOKEN_TENANT: "other",
    },
  ],
  ["one with a token for another server", { INSTALL_SUMMARY_URL: dev, INSTALL_SUMMARY_TOKEN: "shell's" }],
  ["one with a file that has it", { INSTALL_SUMMARY_URL: dev, INSTALL_SUMMARY_TOKEN_FILE: "shell's" }],
  ["one with a command that gives it", { INSTALL_SUMMARY_TOKEN_COMMAND: "shell's" }],
];

function shownCommand({ profiles, env, option }: Call): string {
  const config = configOf(profiles);
  const profiled = withProfile(env, profileName(env, option), config);
  const place = commandPlace(profiled.env, callSettings(env, option, config));
  return getCommand({ ...place, program: "shown" }, [app]);
}

/** Whether a call has the default server and nothing that says so: its command is short. */
function isBare({ profiles, env, option }: Call): boolean {
  const said = ["INSTALL_SUMMARY_URL", "INSTALL_SUMMARY_PROFILE", "INSTALL_SUMMARY_TOKEN_TENANT"];
  return option === undefined && profiles["default"] === undefined && said.every((name) => !(name in env));
}

test("a call without a profile and without variables has the shortest command, and no other has", () => {
  for (const call of calls) {
    expect({ call, isShort: shownCommand(call) === `shown get ${app}` }).toEqual({
      call,
      isShort: isBare(call),
    });
  }
});

test.runIf(existsSync("/bin/sh")).each(shells)(
  "a shown command is for the same server, tenant, profile and token in %s",
  (_, shell) => {
    const told = calls.filter((call) => !isBare(call));
    const commands = told.map(shownCommand);
    const shown = run(commands, shell);
    expect(shown.length).toBe(told.length);
    for (const [index, call] of told.entries()) {
      const { profiles } = call;
      const said = shown[index];
      if (said === undefined) continue;
      const before = settle(call);
      const after = settle({ profiles, env: { ...always, ...said.env }, option: said.option });
      const own = profiles[profileName(call.env, call.option)] ?? {};
      const hasOwnToken = Object.keys(own).some((key) => key.startsWith("token"));
      const isForAnother =
        hasToken(call.env) && hasOwnToken && !isSameServer(own["url"] ?? defaultBaseUrl, before.url);
      const { INSTALL_SUMMARY_TOKEN: _token, ...tokenless } = call.env;
      const where = { call, command: commands[index] };
      expect({ ...where, after }).toEqual({
        ...where,
        after: {
          url: before.url,
          // To have none cannot be said: then the shell's own refuses tokens of other tenants before anything is sent.
          tenant: before.tenant ?? shell["INSTALL_SUMMARY_TOKEN_TENANT"],
          profile: isForAnother ? undefined : before.profile,
          // A token that was set for one call is gone, and the profile's own is for its own server. Where there is none,
          // that shell has to have one.
          token:
            hasOwnToken && !isForAnother
              ? settle({ ...call, env: tokenless }).token
              : tokenVariables.map((variable) => shell[variable]),
        },
      });
    }
  },
);
