import { TypeOverrides, types as typeParsers, type ClientConfig } from "pg";
import { readFileSync } from "node:fs";
import type { ConnectionOptions as TlsOptions } from "node:tls";
import type { PostgresHost, PostgresLocation } from "../postgres-location.ts";

/**
 * How the driver connects to a server. Everything is said: the driver itself would take what is missing from variables and
 * files of its own.
 */
export function connectionOptions(location: PostgresLocation, { host, port }: PostgresHost): ClientConfig {
  const { user, password, database } = location;
  return {
    host,
    port,
    user,
    database,
    password: password ?? (() => ""),
    ssl: tlsOptions(location, host),
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: "install-summary",
    client_encoding: "UTF8",
  };
}

const types = new TypeOverrides();
// The driver leaves bigint as text. What this program counts stays below 2⁵³.
types.setTypeParser(typeParsers.builtins.INT8, Number);

function tlsOptions({ tls, rootCertificate }: PostgresLocation, host: string): TlsOptions | false {
  if (tls === "disable" || host.startsWith("/")) return false;
  return {
    ...(rootCertificate !== undefined && { ca: readFileSync(rootCertificate) }),
    rejectUnauthorized: tls !== "require",
    ...(tls === "verify-ca" && { checkServerIdentity: () => undefined }),
  };
}
