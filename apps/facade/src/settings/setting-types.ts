import { withoutStorePassword } from "@install-summary/command-line/passwords";
import { resolve } from "node:path";
import { isUrl } from "../files/is-url.ts";
import { parseStoreLocation, type StoreLocation } from "../store/location.ts";

/** What a setting's value must be. */
export interface SettingType<Value> {
  /** The end of a sentence: "port must be …". */
  readonly rule: string;
  /** The value of what a source has; undefined where it breaks the rule. Relative paths begin in `folder`. */
  readonly parse: (given: unknown, folder: string) => Value | undefined;
  /** What leaves a value that was refused without passwords, where it needs more than any text. */
  readonly hide?: (text: string) => string;
  /** What a program may give to `createFacade`, where that is more than a config file may have. */
  readonly inProgram?: Pick<SettingType<Value>, "rule" | "parse">;
  /** Which values the JSON schema of the config file allows; without it texts. */
  readonly schema?: ValueSchema;
}

/** What a JSON schema says of one value. */
export type ValueSchema =
  | { readonly type: "string"; readonly pattern: string }
  | { readonly type: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly type: "boolean" }
  | { readonly enum: readonly string[] }
  | { readonly type: "array"; readonly items: ValueSchema }
  | { readonly anyOf: readonly ValueSchema[] };

/** The JSON schema of a text without control characters. */
export const textSchema: ValueSchema = { type: "string", pattern: "^[^\\u0000-\\u001f\\u007f]+$" };

/** Text without control characters. */
export const text: SettingType<string> = {
  rule: "a text without control characters",
  parse: (given) =>
    typeof given === "string" && /^[^\u0000-\u001f\u007f]+$/.test(given) ? given : undefined,
};

/** The path of a file or folder, which becomes an absolute one. A URL would become folders with these names. */
export const path: SettingType<string> = {
  rule: "a path without control characters, and not a URL",
  parse(given, folder) {
    const typed = text.parse(given, folder);
    const isPath = typed !== undefined && !isUrl(typed);
    return isPath ? resolve(folder, typed) : undefined;
  },
};

/** The URL of a store. */
export const storeUrl: SettingType<StoreLocation> = {
  rule:
    "sqlite:FILE without options behind a ?, or postgres://USER@HOST/DATABASE with sslmode disable, require, verify-ca or verify-full, " +
    "and with %25, %40 and %2F for the characters %, @ and / in a name or password",
  hide: withoutStorePassword,
  parse(given, folder) {
    const url = text.parse(given, folder);
    return url === undefined ? undefined : parseStoreLocation(url, folder);
  },
};

/** A whole number, also as text. */
export function whole(minimum: number, maximum: number): SettingType<number> {
  return {
    rule: `a whole number from ${minimum} to ${maximum}`,
    schema: { type: "integer", minimum, maximum },
    parse(given) {
      const isDigits = typeof given === "string" && /^[0-9]{1,15}$/.test(given);
      const value = isDigits ? Number(given) : given;
      const isWhole = typeof value === "number" && Number.isSafeInteger(value);
      return isWhole && value >= minimum && value <= maximum ? value : undefined;
    },
  };
}

/** A whole number of seconds, above 0; a test need not wait for a whole one. */
export function seconds(maximum: number): SettingType<number> {
  const type = whole(1, maximum);
  return {
    ...type,
    inProgram: {
      rule: `a number above 0 and at most ${maximum}`,
      parse(given, folder) {
        const isPart = typeof given === "number" && given > 0 && given <= maximum;
        return isPart ? given : type.parse(given, folder);
      },
    },
  };
}

/** Yes or no, also as text; an option without a value is a yes. */
export const toggle: SettingType<boolean> = {
  rule: "true or false",
  schema: { type: "boolean" },
  parse(given) {
    if (given === true || given === "true" || given === "1") return true;
    return given === false || given === "false" || given === "0" ? false : undefined;
  },
};

/** One of some words. */
export function oneOf<Word extends string>(...words: readonly Word[]): SettingType<Word> {
  return {
    rule: words.join(" or "),
    schema: { enum: words },
    parse: (given) => words.find((word) => word === given),
  };
}

/** Several values, each of which follows a rule: an array in the file, elsewhere a text with commas. */
export function list(
  rule: string,
  parseOne: (one: string) => string | undefined,
): SettingType<readonly string[]> {
  return {
    rule,
    schema: { type: "array", items: textSchema },
    parse(given, folder) {
      if (typeof given !== "string" && !Array.isArray(given)) return undefined;
      const parts: readonly unknown[] = Array.isArray(given) ? given : given.split(",");
      const values = parts.map((part) => {
        const one = text.parse(part, folder)?.trim();
        return one === undefined ? undefined : parseOne(one);
      });
      const known = values.filter((value) => value !== undefined);
      return known.length === values.length ? [...new Set(known)] : undefined;
    },
  };
}
