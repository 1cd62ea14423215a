import { shownWord, UserError } from "@install-summary/command-line/errors";
import { nearestName } from "@install-summary/core/text";
import { configKeys, findConfigKey, type ConfigKey } from "./config-keys.ts";
import { mayBeToken, wholePath } from "./token-file.ts";
import { parseTrueOrFalse } from "./true-or-false.ts";

/**
 * The value of a key as it is kept when it is given in this folder: `true`, `1`, `false` and `0` are two, and a path is whole.
 * Throws `UserError` for a value that it cannot have.
 */
export function parseConfigValue(name: string, text: string, folder: string): string {
  const key = requireConfigKey(name);
  const value = key.isSwitch === true ? String(parseTrueOrFalse(text) ?? text) : text.trim();
  // Without the argument: the command line is not repeated, since its value may be a token.
  if (key.isPath === true && mayBeToken(value)) {
    throw new UserError(`${name} must be the path of a file, and this may be the token itself.`, {
      target: name,
      help: ["Write the token into a file, and give the file's path."],
    });
  }
  const fault = configFault(key, value);
  if (fault === undefined) return key.isPath === true ? wholePath(value, folder) : value;
  throw new UserError(fault, { target: name, argument: key.form === undefined ? text : undefined });
}

/** Why a key cannot have this value, as a sentence that repeats no secret; undefined where it can. */
export function configFault({ name, values, form }: ConfigKey, value: string): string | undefined {
  if (form !== undefined) {
    return new RegExp(form.pattern, "i").test(value) ? undefined : `${name} must be ${form.words}.`;
  }
  if (value !== "" && (values?.includes(value) ?? true)) return undefined;
  const rule = values === undefined ? "a text" : values.join(" or ");
  return `${name} must be ${rule}; got ${shownWord(value)}.`;
}

/** The key of this name. Throws `UserError` where there is none. */
export function requireConfigKey(name: string): ConfigKey {
  const key = findConfigKey(name);
  if (key !== undefined) return key;
  const names = configKeys.map((known) => known.name);
  // Without the argument: the command line is not repeated, since its value may be a token.
  throw new UserError(unknownName(name, names, "of a profile"));
}

/** That nothing has this name, as sentences with the one that was meant. */
export function unknownName(name: string, known: readonly string[], where: string): string {
  // A token would end up in a file that is copied and shown.
  if (name === "token")
    return "Tokens are not kept in the config file; use tokenCommand, tokenFile or tokenVariable.";
  const meant = nearestName(name, known);
  const hint = meant === undefined ? `The names are ${known.join(", ")}.` : `Did you mean ${meant}?`;
  return `Unknown name ${where}: ${shownWord(name)}. ${hint}`;
}
