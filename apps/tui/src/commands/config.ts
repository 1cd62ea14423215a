import { exitCodes, shownWord, UserError } from "@install-summary/command-line/errors";
import { configPath, readConfig, writeConfig, type Config, type Profile } from "../config/config-file.ts";
import { configSchema } from "../config/config-schema.ts";
import { parseConfigValue, requireConfigKey } from "../config/config-value.ts";
import { explainConfig, type Explained } from "../config/explain-config.ts";
import { noProfile, profileName, profileOf } from "../config/profile.ts";
import type { Column } from "../text/table.ts";
import type { CommandContext } from "./command-context.ts";
import { openOutput } from "./output/open-output.ts";
import { printLines, printTable, textOutput } from "./output/print.ts";
import type { SharedFlags } from "./shared-flags.ts";

/** The options as they were given. */
export interface ConfigFlags extends SharedFlags {
  readonly unset?: string;
  readonly schema?: boolean;
  readonly path?: boolean;
}

/** Shows settings and where they come from, or changes the profile in use. */
export async function config(
  context: CommandContext,
  flags: ConfigFlags,
  key: string | undefined,
  value: string | undefined,
): Promise<void> {
  refuseMixed(flags, key);
  const { env, stderr } = context;
  const err = textOutput(stderr, env);
  const output = await openOutput(context, flags);
  if (flags.schema === true) {
    const schema = configSchema();
    return void (await output.print({ value: schema, table: (out) => printJson(out, schema) }));
  }
  const file = await configPath();
  if (flags.path === true) {
    return void (await output.print({ value: { path: file }, table: (out) => printLines(out, [file]) }));
  }
  const found = readConfig(file);
  const name = profileName(env, flags.profile);
  const changed = flags.unset ?? (value === undefined ? undefined : key);
  if (changed !== undefined) {
    const done = changeProfile(found, name, changed, value);
    printLines(err, [done]);
    return;
  }
  const explained = explainConfig({ env, options: flags, name, config: found });
  if (key === undefined) return void (await output.print(whole(explained)));
  const one = explained.find((row) => row.key === key);
  if (one === undefined) throw unknownKey(key, explained);
  await output.print({
    value: { value: one.value, from: one.from },
    table: (out) => printLines(out, one.value === null ? [] : [String(one.value)]),
  });
  if (one.value === null) printLines(err, [noValueText(one)]);
}

function noValueText({ key, from }: Explained): string {
  return from === "default" ? `${key} is not set.` : `${key} has no value to show: ${from}.`;
}

function whole(
  explained: readonly Explained[],
): Parameters<Awaited<ReturnType<typeof openOutput>>["print"]>[0] {
  const rows = explained.map(({ key, value, from }) => [key, value === null ? "" : String(value), from]);
  return {
    value: Object.fromEntries(explained.map(({ key, value, from }) => [key, { value, from }])),
    table: (out) => printTable(out, columns, rows),
    records: () => ({ header: ["Key", "Value", "From"], rows }),
  };
}

/** Writes a value into a profile, or takes one out of it, and says so. */
function changeProfile(found: Config, name: string, key: string, value: string | undefined): string {
  if (name === noProfile) throw new UserError(`The name ${noProfile} means no profile; choose another one.`);
  if (name === "" || name !== name.trim()) {
    throw new UserError("The name of a profile cannot be empty, nor begin or end with a blank.", {
      target: "--profile",
      argument: name,
    });
  }
  const profile = profileOf(found, name);
  // Also for --unset, so that a misspelt key is told.
  requireConfigKey(key);
  const parsed = value === undefined ? undefined : parseConfigValue(key, value, process.cwd());
  const others = [...profile].filter(([other]) => other !== key);
  const next: Profile = new Map(parsed === undefined ? others : [...others, [key, parsed]]);
  const profiles = new Map([...found.profiles, [name, next]]);
  if (next.size === 0) profiles.delete(name);
  writeConfig({ ...found, profiles });
  return parsed === undefined
    ? `${key} is no longer set in the profile ${name} of ${found.file}.`
    : `${key} is ${shownWord(parsed)} in the profile ${name} of ${found.file}.`;
}

function refuseMixed({ unset, schema, path }: ConfigFlags, key: string | undefined): void {
  const given = [unset !== undefined, schema === true, path === true, key !== undefined];
  if (given.filter(Boolean).length <= 1) return;
  throw new UserError("Give a KEY, --unset, --schema or --path, and only one of them.", {
    exit: exitCodes.usage,
  });
}

function unknownKey(key: string, explained: readonly Explained[]): UserError {
  const names = explained.map((row) => row.key).join(", ");
  return new UserError(`Unknown key: ${shownWord(key)}.`, {
    argument: key,
    help: [`The keys are ${names}.`],
  });
}

function printJson(out: { write(text: string): unknown }, value: object): void {
  out.write(`${JSON.stringify(value, null, 2)}\n`);
}

const columns: readonly Column[] = [
  { header: "Key", align: "left" },
  { header: "Value", align: "left", minWidth: 20 },
  { header: "From", align: "left", minWidth: 20 },
];
