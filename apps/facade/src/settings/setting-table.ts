import { variablePrefix } from "@install-summary/command-line/variable-names";
import type { StoreLocation } from "../store/location.ts";
import { addressRanges, host, hostNames, listenAddress, webOrigin, webOrigins } from "./address-types.ts";
import { audiences, authority, tenantIds } from "./identity-types.ts";
import { oneOf, path, seconds, storeUrl, toggle, whole, type SettingType } from "./setting-types.ts";

/** One setting. Its type, default, option, variable, key in the config file, help and documentation come from here. */
export interface Setting<Value> {
  readonly type: SettingType<Exclude<Value, undefined>>;
  readonly default: Value;
  /** The default in words, where it is not the value itself. */
  readonly defaultText?: string;
  /** The option's placeholder in help texts, empty for a switch. Without it there is no option. */
  readonly option?: string;
  /** What it does, for help texts and documentation. */
  readonly help: string;
}

/** Entra ID of the public cloud. */
export const publicAuthority = "https://login.microsoftonline.com";

/** Where the facade keeps its data, where it is reached, and whose tokens it accepts. */
export const generalSettings = {
  data: setting({
    type: path,
    default: ".data",
    option: "DIR",
    help: "Folder of the keys and the store",
  }),
  store: setting<StoreLocation | undefined>({
    type: storeUrl,
    default: undefined,
    defaultText: "sqlite:DATA/install-summary.db",
    option: "URL",
    help: "Where the store is: a file, or a database of PostgreSQL as postgres://USER@HOST/DATABASE",
  }),
  storePasswordFile: setting<string | undefined>({
    type: path,
    default: undefined,
    defaultText: "none",
    option: "FILE",
    help: "File with the password of the store's user in PostgreSQL; read for each connection",
  }),
  storePooled: setting({
    type: toggle,
    default: false,
    option: "",
    help: "A pooler such as PgBouncer gives each transaction another session of PostgreSQL",
  }),
  host: setting({
    type: host,
    default: "127.0.0.1",
    option: "ADDRESS",
    help: "Address to listen on; beyond loopback only with Entra ID",
  }),
  port: setting({
    type: whole(0, 65_535),
    default: 8420,
    option: "PORT",
    help: "Port to listen on; 0 picks a free one",
  }),
  https: setting({
    type: toggle,
    default: false,
    option: "",
    help: "Serve HTTPS; without a certificate a local one is made in the data folder, with its authority ca.pem",
  }),
  certificate: setting<string | undefined>({
    type: path,
    default: undefined,
    defaultText: "a local one",
    option: "FILE",
    help: "Certificate for HTTPS as PEM, with its chain; read again when it changes",
  }),
  privateKey: setting<string | undefined>({
    type: path,
    default: undefined,
    defaultText: "a local one",
    option: "FILE",
    help: "Private key of the certificate as PEM, without a passphrase",
  }),
  hosts: setting<readonly string[]>({
    type: hostNames,
    default: [],
    defaultText: "none",
    option: "NAMES",
    help: "Further names that requests may have as their Host, such as host.docker.internal, separated by commas",
  }),
  publicUrl: setting<string | undefined>({
    type: webOrigin,
    default: undefined,
    defaultText: "as requested",
    option: "URL",
    help: "Origin of all links in responses, such as https://summaries.contoso.com",
  }),
  proxies: setting<readonly string[]>({
    type: addressRanges,
    default: [],
    defaultText: "none",
    option: "ADDRESSES",
    help: "Proxies whose Forwarded and X-Forwarded headers count, by addresses or ranges, separated by commas",
  }),
  origins: setting<readonly string[]>({
    type: webOrigins,
    default: [],
    defaultText: "none",
    option: "ORIGINS",
    help: "Origins of web pages that may call from a browser (CORS), separated by commas",
  }),
  log: setting<"text" | "json">({
    type: oneOf("text", "json"),
    default: "text",
    option: "text|json",
    help: "Format of the log on standard output",
  }),
  metrics: setting<string | undefined>({
    type: listenAddress,
    default: undefined,
    defaultText: "none",
    option: "PORT",
    help: "Serve /metrics for Prometheus on this port of 127.0.0.1, or on ADDRESS:PORT; 0 picks a free one",
  }),
  retention: setting<number | undefined>({
    type: whole(1, 36_500),
    default: undefined,
    defaultText: "for ever",
    option: "DAYS",
    help: "Days for which the change log keeps a change",
  }),
  tenants: setting<readonly string[]>({
    type: tenantIds,
    default: [],
    defaultText: "none",
    option: "IDS",
    help: "Tenants of Entra ID whose tokens are accepted, by their ids, separated by commas",
  }),
  audience: setting<readonly string[]>({
    type: audiences,
    default: [],
    defaultText: "none",
    option: "ID",
    help: "App registration that Entra ID's tokens must be for: its client id or App ID URI",
  }),
  authority: setting({
    type: authority,
    default: publicAuthority,
    option: "URL",
    help: "Where Entra ID is; other clouds have their own",
  }),
};

/** How the facade responds where the contract leaves a choice. */
export const policySettings = {
  readOnly: policy("Refuse every change and import over HTTP with 403", { option: "" }),
  allowApplication: policy("Accept application tokens, by their app roles"),
  wrapGet: policy('Wrap a summary that is read in {"value": …}'),
  requireIfMatch: policy("Respond to a PATCH without If-Match with 428"),
};

/** What bounds one request, and all of them together. */
export const limitSettings = {
  bodyBytes: limit(64 * 1024, 64 * 1024, "Maximum size of a request body"),
  batchBytes: limit(2 ** 20, 2 ** 26, "Maximum size of the body of a batch"),
  urlBytes: limit(8 * 1024, 2 ** 20, "Maximum size of a URL"),
  headerBytes: limit(16 * 1024, 2 ** 20, "Maximum size of the headers"),
  headerSeconds: duration(10, 3600, "Time in which the headers must arrive"),
  requestSeconds: duration(
    30,
    3600,
    "Time in which a request must arrive, and more of the file of an import",
  ),
  importSeconds: duration(600, 86_400, "Time in which the whole file of an import must arrive"),
  responseSeconds: duration(
    30,
    3600,
    "Time in which the caller must take more of the response; it is cut a second later at the latest",
  ),
  keepAliveSeconds: duration(65, 3600, "Time after which an idle connection is closed"),
  connections: limit(2000, 1_000_000, "Maximum number of connections"),
  requests: limit(500, 1_000_000, "Maximum number of requests in flight; a further one gets 503"),
  writes: limit(1000, 1_000_000, "Maximum number of writes that wait for a commit; a further one gets 503"),
  storeConnections: limit(10, 1000, "Maximum number of connections to PostgreSQL"),
  requestsPerMinute: setting({
    type: whole(0, 1_000_000),
    default: 0,
    help: "Maximum number of requests of a caller in a minute, 0 for any number; a further one gets 429",
  }),
  pageSize: limit(1000, 1000, "Maximum number of apps or changes on a page"),
  streams: limit(100, 100_000, "Maximum number of open streams of changes; a fifth of it for each tenant"),
  importRows: limit(2_000_000, 1_000_000_000, "Maximum number of rows of an import"),
  importBytes: limit(1024 ** 3, 2 ** 40, "Maximum size of an import"),
};

/** A setting by its key in the config file. */
export interface NamedSetting {
  /** Such as `readOnly` or `limits.writes`. */
  readonly key: string;
  readonly variable: string;
  /** Such as `--read-only`, where it has an option. */
  readonly option: string | undefined;
  readonly setting: Setting<unknown>;
}

/** All settings, in the order in which they are documented. */
export const settingTable: readonly NamedSetting[] = [
  ...named(generalSettings),
  ...named(policySettings),
  ...named(limitSettings, "limits."),
];

function setting<Value>(row: Setting<Value>): Setting<Value> {
  return row;
}

function policy(help: string, more: { readonly option?: string } = {}): Setting<boolean> {
  return { type: toggle, default: false, help, ...more };
}

function limit(usual: number, maximum: number, help: string): Setting<number> {
  return { type: whole(1, maximum), default: usual, help };
}

function duration(usual: number, maximum: number, help: string): Setting<number> {
  return { type: seconds(maximum), default: usual, help };
}

function named(rows: Readonly<Record<string, Setting<unknown>>>, prefix = ""): readonly NamedSetting[] {
  return Object.entries(rows).map(([name, row]) => {
    const key = prefix + name;
    return {
      key,
      variable: variablePrefix + separated(key, "_").toUpperCase(),
      option: row.option === undefined ? undefined : `--${separated(key, "-")}`,
      setting: row,
    };
  });
}

/** A key with separators between its words: `read-only`. */
function separated(key: string, separator: string): string {
  return key.replaceAll(".", separator).replaceAll(/[A-Z]/g, (letter) => separator + letter.toLowerCase());
}
