import type { StoreLocation } from "../store/location.ts";
import {
  formatPostgresLocation,
  parsePostgresUrl,
  tlsModes,
  type PostgresHost,
  type PostgresLocation,
} from "../store/postgres-location.ts";
import { isObject, type Given, type GivenType } from "./given.ts";
import { aFunction, aName } from "./given-types.ts";
import { oneOf, path, storeUrl } from "./setting-types.ts";

/** Reads where a store is: a location, or its URL as the config file has it. */
export function readStore(given: Given): StoreLocation | undefined {
  return given.read("store", url, (location) => {
    const kind = location.need("kind", oneOf("sqlite", "postgres"));
    if (kind === "postgres") return readPostgres(location);
    if (kind === undefined) {
      location.leaveRest();
      return undefined;
    }
    const file = location.need("file", storeFile);
    return file === undefined ? undefined : { kind: "sqlite", file };
  });
}

function readPostgres(location: Given): PostgresLocation | undefined {
  const hosts = location.need("hosts", servers);
  const user = location.need("user", aName);
  const database = location.need("database", aName);
  const tls = location.need("tls", oneOf(...tlsModes));
  const secret = location.read("password", password);
  const others = {
    password: secret,
    passwordFile: location.read("passwordFile", secret === undefined ? path : nothing),
    rootCertificate: location.read("rootCertificate", path),
  };
  if (hosts === undefined || user === undefined || database === undefined || tls === undefined)
    return undefined;
  return { kind: "postgres", hosts, user, database, tls, ...others };
}

const url: GivenType<StoreLocation> = {
  ...storeUrl,
  rule: `a location such as { kind: "sqlite", file: "/srv/install-summary.db" }, or ${storeUrl.rule}`,
};

/** SQLite's own store in memory would be lost with the first of several connections. */
const storeFile: GivenType<string> = {
  rule: `${path.rule} or :memory:`,
  parse: (given, folder) => (given === ":memory:" ? undefined : path.parse(given, folder)),
};

/** Of a text in its place nothing is shown. */
const password: GivenType<() => string> = {
  ...aFunction("a function that returns the password"),
  hide: () => "a text",
};

/** One of two passwords would be dropped without a word. */
const nothing: GivenType<string> = { rule: "left out where there is a password", parse: () => undefined };

/** Those that the URL of a store can name. */
const servers: GivenType<readonly PostgresHost[]> = {
  rule: 'an array of one or more servers such as { host: "db.example", port: 5432 }',
  parse(given) {
    if (!isHosts(given)) return undefined;
    const named = { kind: "postgres", hosts: given, user: "a", database: "a", tls: "disable" } as const;
    const read = parsePostgresUrl(
      formatPostgresLocation({ ...named, password: undefined, rootCertificate: undefined }),
      "",
    );
    return read?.hosts.length === given.length ? read.hosts : undefined;
  },
};

function isHosts(given: unknown): given is readonly PostgresHost[] {
  return Array.isArray(given) && given.every(isHost);
}

function isHost(given: unknown): given is PostgresHost {
  if (!isObject(given) || !("host" in given) || !("port" in given)) return false;
  return typeof given.host === "string" && typeof given.port === "number";
}
