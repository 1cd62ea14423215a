import { resolve } from "node:path";
import { bracketed, isIPv4, isLoopback } from "../http/addresses.ts";
import { clientIdOf, isGraphAudience, isGuid } from "../identity/audiences.ts";
import { parseStoreLocation, type StoreLocation } from "../store/location.ts";

/** What a setting's value must be. */
export interface SettingType<Value> {
  /** The end of a sentence: "port must be …". */
  readonly rule: string;
  /** The value of what a source has; undefined where it breaks the rule. Relative paths begin in `folder`. */
  readonly parse: (given: unknown, folder: string) => Value | undefined;
  /** Which values the JSON schema of the config file allows; without it texts. */
  readonly schema?: ValueSchema;
}

/** What a JSON schema says of one value. */
export type ValueSchema =
  | { readonly type: "string"; readonly pattern: string }
  | { readonly type: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly type: "boolean" }
  | { readonly enum: readonly string[] }
  | { readonly type: "array"; readonly items: ValueSchema };

/** The JSON schema of a text without control characters. */
export const textSchema: ValueSchema = { type: "string", pattern: "^[^\\u0000-\\u001f\\u007f]+$" };

/** Text without control characters. */
const text: SettingType<string> = {
  rule: "a text without control characters",
  parse: (given) =>
    typeof given === "string" && /^[^\u0000-\u001f\u007f]+$/.test(given) ? given : undefined,
};

/** The path of a file or folder, which becomes an absolute one. */
export const path: SettingType<string> = {
  rule: text.rule,
  parse(given, folder) {
    const typed = text.parse(given, folder);
    return typed === undefined ? undefined : resolve(folder, typed);
  },
};

/** The URL of a store. */
export const storeUrl: SettingType<StoreLocation> = {
  rule: "sqlite:FILE, the only supported store",
  parse(given, folder) {
    const url = text.parse(given, folder);
    return url === undefined ? undefined : parseStoreLocation(url, folder);
  },
};

/** An address of this machine, or a name for one. Which ones may be served depends on other settings. */
export const host: SettingType<string> = {
  rule: "an address or a host name, without a port",
  parse(given, folder) {
    const typed = text.parse(given, folder);
    return typed !== undefined && hostForm.test(typed) ? typed : undefined;
  },
};

/** A name or an IPv4 address, or an IPv6 address, of which only the number of colons is judged here. */
const hostForm = /^(?:[a-z0-9._-]+|[a-f0-9.]*:[a-f0-9.]*:[a-f0-9:.]*(?:%\w+)?)$/i;

/** A port of loopback, or an address and a port, as `127.0.0.1:9464`. */
export const listenAddress: SettingType<string> = {
  rule: "a port such as 9464, or an address and a port such as 10.0.0.5:9464 or [fd00::5]:9464",
  parse(given, folder) {
    const [, typed = "127.0.0.1", port] =
      /^(?:(.+):)?([0-9]{1,5})$/.exec(text.parse(given, folder) ?? "") ?? [];
    const name = typed.replace(/^\[(.*:.*)\]$/, "$1");
    const isBare = name === typed && name.includes(":");
    const isAddress = hostForm.test(name) && !isBare && port !== undefined && Number(port) <= 65_535;
    return isAddress ? `${bracketed(name)}:${Number(port)}` : undefined;
  },
};

/** Names and addresses, in lower case and without brackets. */
export const hostNames: SettingType<readonly string[]> = list(
  "host names or addresses without a port, separated by commas",
  (name) => {
    const bare = name.replace(/^\[(.*)\]$/, "$1");
    return hostForm.test(bare) ? bare.toLowerCase() : undefined;
  },
);

/** The addresses of proxies; a range is written as its network and the length of that, 10.0.0.0/8. */
export const addressRanges: SettingType<readonly string[]> = list(
  "addresses or ranges such as 10.0.0.0/8, separated by commas",
  (range) => {
    const [address = "", bits = "0", ...more] = range.toLowerCase().split("/");
    const isIPv6 = address.includes(":");
    const isAddress = isIPv6 ? URL.canParse(`http://[${address}]`) : isIPv4(address);
    const isLength = /^[0-9]{1,3}$/.test(bits) && Number(bits) <= (isIPv6 ? 128 : 32);
    return isAddress && isLength && more.length === 0 ? range.toLowerCase() : undefined;
  },
);

/** An origin of the web: scheme, host and port. */
export const webOrigin: SettingType<string> = {
  rule: "an http or https URL without a path, such as https://summaries.contoso.com",
  parse(given, folder) {
    const typed = text.parse(given, folder);
    return typed === undefined ? undefined : parseOrigin(typed);
  },
};

/** Origins of web pages. */
export const webOrigins: SettingType<readonly string[]> = list(
  "origins of web pages such as https://dashboard.contoso.com, separated by commas; each must be named, and * is refused",
  parseOrigin,
);

function parseOrigin(typed: string): string | undefined {
  const url = URL.parse(typed);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return `${url.origin}/` === url.href ? url.origin : undefined;
}

/** The ids of tenants, in lower case. */
export const tenantIds: SettingType<readonly string[]> = list(
  "tenant ids of Entra ID, which are GUIDs and not domain names, separated by commas",
  (tenant) => (isGuid(tenant) ? tenant.toLowerCase() : undefined),
);

/** How tokens may name the app registration of the facade. */
export const audiences: SettingType<readonly string[]> = list(
  "the client id of your app registration (a GUID), api://CLIENT-ID or an https App ID URI, and not Microsoft Graph's",
  (audience) => {
    if (isGraphAudience(audience)) return undefined;
    if (clientIdOf(audience) !== undefined) return audience.toLowerCase();
    return /^(?:api|https):\/\/[^\s/]+(?:\/[^\s]*)?$/.test(audience) ? audience : undefined;
  },
);

/** The origin of an authority. What is sent over plain HTTP could be changed on its way. */
export const authority: SettingType<string> = {
  rule: "an https URL without a path, such as https://login.microsoftonline.com; http is for loopback addresses",
  parse(given, folder) {
    const typed = text.parse(given, folder);
    const url = typed === undefined ? null : URL.parse(typed);
    if (url === null || `${url.origin}/` !== url.href) return undefined;
    const isSecure = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
    return isSecure ? url.origin : undefined;
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
function list(rule: string, parseOne: (one: string) => string | undefined): SettingType<readonly string[]> {
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
