import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readVariable } from "@install-summary/command-line/variables";
import { expect, test } from "vitest";
import { globalOptions } from "../commands/global-options.ts";
import { callSettings } from "../config/call-settings.ts";
import { defaultBaseUrl } from "../config/config-keys.ts";
import { hasToken, profileName, withProfile } from "../config/profile.ts";
import { isSameServer } from "../config/same-server.ts";
import { baseUrlFrom } from "../server/connection.ts";
import { commandPlace } from "./command-place.ts";
import { getCommand } from "./command-text.ts";

type Environment = Readonly<Record<string, string>>;
type Profiles = Readonly<Record<string, Environment>>;

const dev = "https://dev.example/beta";
const prod = "https://prod.example/beta";
const named: Profiles = {
  prod: { url: prod, tokenFile: "/prod", tenant: "prod-tenant", readOnly: "true" },
  "the 'best' one": { tokenVariable: "BEST" },
  "-odd": { url: prod },
  bare: { glyphs: "ascii" },
};
const configs: readonly Profiles[] = [
  {},
  named,
  { ...named, default: { url: dev } },
  { ...named, default: { url: dev, tokenVariable: "DEV", tenant: "dev-tenant" } },
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

/** The variables and the arguments that a shell gives to each shown command, without those that it has. */
function run(commands: readonly string[]): readonly { env: Environment; option: string | undefined }[] {
  const names = ["INSTALL_SUMMARY_URL", "INSTALL_SUMMARY_TOKEN_TENANT"];
  const program = `shown() { printf '%s\\0' ${names.map((name) => `"$${name}"`).join(" ")} "$@" END; }`;
  const script = [program, ...commands.map((command) => `(${command})`)].join("\n");
  const said = execFileSync("/bin/sh", [], { input: script, encoding: "utf8", env: {}, maxBuffer: 1 << 26 });
  return said
    .split("END\0")
    .slice(0, -1)
    .map((text) => {
      const [url = "", tenant = "", ...words] = text.split("\0").slice(0, -1);
      const given = [
        ["INSTALL_SUMMARY_URL", url],
        ["INSTALL_SUMMARY_TOKEN_TENANT", tenant],
      ].filter(([, value]) => value !== "");
      expect(words.slice(0, 2)).toEqual(["get", "an-app"]);
      return { env: Object.fromEntries(given), option: globalOptions(words).profile };
    });
}

const app = "an-app";

test("a shown command is for the same server, tenant, profile and token, in this shell and in a fresh one", ({
  skip,
}) => {
  skip(!existsSync("/bin/sh"), "/bin/sh is not installed");
  const commands = calls.map(({ profiles, env, option }) => {
    const config = configOf(profiles);
    const profiled = withProfile(env, profileName(env, option), config);
    const place = commandPlace(profiled.env, callSettings(env, option, config));
    return getCommand({ ...place, program: "shown" }, [app]);
  });
  const shown = run(commands);
  expect(shown.length).toBe(calls.length);
  for (const [index, call] of calls.entries()) {
    const { profiles } = call;
    const said = shown[index];
    if (said === undefined) continue;
    const before = settle(call);
    const pasted = (env: Environment): ReturnType<typeof settle> =>
      settle({ profiles, env: { ...env, ...said.env }, option: said.option });
    const own = profiles[profileName(call.env, call.option)] ?? {};
    const ownUrl = own["url"] ?? defaultBaseUrl;
    const isHidden =
      hasToken(call.env) &&
      Object.keys(own).some((key) => key.startsWith("token")) &&
      !isSameServer(ownUrl, before.url);
    const where = { call, command: commands[index] };

    const inThisShell = pasted(call.env);
    const { profile, ...rest } = before;
    expect({ ...where, came: inThisShell }).toEqual({
      ...where,
      came: { ...rest, profile: isHidden ? undefined : profile },
    });

    const inFreshShell = pasted(always);
    const isOwnToken = !hasToken(call.env);
    // What was for one call is gone: there is no token then, or the profile's own for its own server.
    const token = isOwnToken
      ? before.token
      : isSameServer(ownUrl, before.url)
        ? inFreshShell.token
        : [undefined, undefined, undefined];
    expect({ ...where, came: inFreshShell }).toEqual({ ...where, came: { ...inThisShell, token } });

    // What was set for this call alone stood before what the shell has.
    const shell = {
      ...always,
      ...(call.env["INSTALL_SUMMARY_URL"] !== undefined && { INSTALL_SUMMARY_URL: dev }),
      ...(call.env["INSTALL_SUMMARY_TOKEN_TENANT"] !== undefined && {
        INSTALL_SUMMARY_TOKEN_TENANT: "other",
      }),
      ...((said.option ?? before.profile) !== undefined && { INSTALL_SUMMARY_PROFILE: "bare" }),
    };
    expect({ ...where, came: pasted(shell) }).toEqual({ ...where, came: inFreshShell });
  }
});
