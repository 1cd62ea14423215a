import {
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { decodeText, parseEditedJson } from "@install-summary/command-line/text";
import { configKeys, findConfigKey } from "./config-keys.ts";
import { unknownName } from "./config-value.ts";
import { makeFolder, userFolders } from "./user-folders.ts";

/** The values of a profile by their keys, as texts, as they are written in the file. */
export type Profile = ReadonlyMap<string, string>;

/** What the config file holds. */
export interface Config {
  readonly file: string;
  /** The file's `$schema`, which is for editors. */
  readonly schema: string | undefined;
  /** The profiles by their names; a file that is not there has none. */
  readonly profiles: ReadonlyMap<string, Profile>;
}

/** Where the config file of the person is, by the rules of the system. */
export async function configPath(): Promise<string> {
  const { config } = await userFolders();
  return join(config, "config.json");
}

/** Reads the config file. Throws `UserError` where it cannot be read, or holds what no profile has. */
export function readConfig(file: string): Config {
  const text = readText(file);
  if (text === undefined) return { file, schema: undefined, profiles: new Map() };
  const whole = membersOf(
    file,
    parseEditedJson(text, (why) => unusable(file, why)),
    "it",
  );
  const unknown = [...whole.keys()].find((name) => name !== "$schema" && name !== "profiles");
  if (unknown !== undefined) throw unusable(file, unknownName(unknown, ["profiles"], "in it"));
  const profiles = membersOf(file, whole.get("profiles") ?? {}, "profiles");
  const schema = whole.get("$schema");
  return {
    file,
    schema: typeof schema === "string" ? schema : undefined,
    profiles: new Map([...profiles].map(([name, value]) => [name, parseProfile(file, name, value)])),
  };
}

/** Writes the config file for its owner alone. It is replaced at once, so that a reader sees the old or the new one. */
export function writeConfig({ file, schema, profiles }: Config): void {
  const value = {
    ...(schema !== undefined && { $schema: schema }),
    profiles: Object.fromEntries([...profiles].map(([name, profile]) => [name, profileJson(profile)])),
  };
  // A link to a file that is kept elsewhere stays a link.
  const target = existsSync(file) ? realpathSync(file) : file;
  const draft = `${target}.${process.pid}`;
  try {
    makeFolder(dirname(target));
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new UserError(`The config file ${file} cannot be written: ${fileErrorText(error)}.`, {
      code: "InvalidConfig",
      cause: error,
    });
  }
}

/** A value is kept as it is written, also one that cannot be used: that is told by what uses the profile. */
function parseProfile(file: string, profileName: string, value: unknown): Profile {
  const members = membersOf(file, value, `the profile ${profileName}`);
  const texts = [...members].map(([name, member]): readonly [string, string] => {
    const key = findConfigKey(name);
    if (key === undefined) {
      const names = configKeys.map((known) => known.name);
      throw unusable(file, `in the profile ${profileName}: ${unknownName(name, names, "of a profile")}`);
    }
    const isSwitch = key.isSwitch === true;
    if (typeof member === (isSwitch ? "boolean" : "string")) return [name, String(member).trim()];
    throw unusable(
      file,
      `${name} of the profile ${profileName} must be ${isSwitch ? "true or false" : "a text"}`,
    );
  });
  return new Map(texts);
}

function profileJson(profile: Profile): object {
  return Object.fromEntries(
    [...profile].map(([name, text]) => [
      name,
      findConfigKey(name)?.isSwitch === true ? text === "true" : text,
    ]),
  );
}

function membersOf(file: string, value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return new Map<string, unknown>(Object.entries(value));
  }
  throw unusable(file, `${what} must be a JSON object`);
}

/** Undefined where there is no such file. A pipe or a device may never end, so it is not read. */
function readText(file: string): string | undefined {
  try {
    if (!statSync(file).isFile())
      throw unusable(file, statSync(file).isDirectory() ? "it is a folder" : "it is not a file");
    return decodeText(readFileSync(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof TypeError) throw unusable(file, "it is neither UTF-8 nor UTF-16");
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isMissing) throw unusable(file, fileErrorText(error));
    const link = brokenLink(file);
    if (link !== undefined)
      throw unusable(file, `${link === file ? "it" : link} is a link to something that is not there`);
    return undefined;
  }
}

/** The link on the way to a file that leads nowhere: what a person has kept there, such as `readOnly`, is not known then. */
function brokenLink(path: string): string | undefined {
  if (existsSync(path)) return undefined;
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return path;
  return dirname(path) === path ? undefined : brokenLink(dirname(path));
}

function unusable(file: string, why: string): UserError {
  return new UserError(`The config file ${file} cannot be used: ${why.replace(/\.$/, "")}.`, {
    code: "InvalidConfig",
  });
}
