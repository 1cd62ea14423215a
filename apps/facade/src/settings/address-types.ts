import { bracketed, isIPv4 } from "../http/addresses.ts";
import { list, text, type SettingType } from "./setting-types.ts";

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
  schema: {
    anyOf: [
      { type: "integer", minimum: 0, maximum: 65_535 },
      { type: "string", pattern: "^(?:[^\\u0000-\\u001f\\u007f]+:)?[0-9]{1,5}$" },
    ],
  },
  parse(given, folder) {
    // In a config file a port alone may be a number, as that of the service is.
    const shown = typeof given === "number" ? String(given) : (text.parse(given, folder) ?? "");
    const [, typed = "127.0.0.1", port] = /^(?:(.+):)?([0-9]{1,5})$/.exec(shown) ?? [];
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
