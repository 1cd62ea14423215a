import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { TypeOverrides, types as typeParsers, type ClientConfig } from "./pg.ts";
import type { ConnectionOptions as TlsOptions } from "node:tls";
import { readSmallFile } from "../../files/read-small-file.ts";
import type { PostgresHost, PostgresLocation } from "../postgres-location.ts";

/**
 * How the driver connects to a server. Everything is said: the driver itself would take what is missing from variables and
 * files of its own.
 */
export function connectionOptions(location: PostgresLocation, { host, port }: PostgresHost): ClientConfig {
  const { user, database } = location;
  return {
    host,
    port,
    user,
    database,
    password: () => readPassword(location),
    ssl: tlsOptions(location, host),
    sslnegotiation: "postgres",
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: "install-summary",
    client_encoding: "UTF8",
  };
}

/** Checks that the files which a location names can be read. Throws `UserError`. */
export function checkFiles({ rootCertificate, passwordFile }: PostgresLocation): void {
  readCertificate(rootCertificate);
  if (passwordFile !== undefined) readPasswordFile(passwordFile);
}

/**
 * The file is read for each connection, so that a password can be changed while the service goes on. What is missing is told
 * by the server, which refuses any other password: the driver leaves a connection open where it has none to send.
 */
function readPassword({ password, passwordFile }: PostgresLocation): string {
  const text = passwordFile === undefined ? password?.() : tryPasswordFile(passwordFile);
  const line = text?.replace(/\r?\n$/, "");
  return line === undefined || line === "" ? "missing" : line;
}

function tryPasswordFile(file: string): string | undefined {
  try {
    return readPasswordFile(file);
  } catch {
    return undefined;
  }
}

function readPasswordFile(file: string): string {
  return readNamed("The password file", file).toString("utf8");
}

const types = new TypeOverrides();
// The driver leaves bigint as text. What this program counts stays below 2⁵³.
types.setTypeParser(typeParsers.builtins.INT8, Number);

function tlsOptions({ tls, rootCertificate }: PostgresLocation, host: string): TlsOptions | false {
  if (tls === "disable" || host.startsWith("/")) return false;
  return {
    ca: readCertificate(rootCertificate),
    rejectUnauthorized: tls !== "require",
    ...(tls === "verify-ca" && { checkServerIdentity: () => undefined }),
  };
}

function readCertificate(file: string | undefined): Buffer | undefined {
  return file === undefined ? undefined : readNamed("The certificate of sslrootcert", file);
}

function readNamed(what: string, file: string): Buffer {
  try {
    return readSmallFile(`${what} ${file}`, file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${what} ${file} cannot be read: ${fileErrorText(error)}.`, { cause: error });
  }
}
