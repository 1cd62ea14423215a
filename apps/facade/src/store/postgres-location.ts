import { resolve } from "node:path";

/** A database of PostgreSQL, on one of several servers. */
export interface PostgresLocation {
  readonly kind: "postgres";
  /** The servers in the order in which they are tried; the first that takes writes is used. */
  readonly hosts: readonly PostgresHost[];
  readonly user: string;
  /** Gives the password of the URL. A function, so that nothing which prints settings prints it. */
  readonly password: (() => string) | undefined;
  /** The absolute path of the file with the password, which is read for each connection. */
  readonly passwordFile?: string | undefined;
  readonly database: string;
  readonly tls: TlsMode;
  /** The absolute path of the certificates of the authorities that are trusted, instead of the usual ones. */
  readonly rootCertificate: string | undefined;
}

/** Where a server listens; a host that begins with `/` is the folder of its socket. */
export interface PostgresHost {
  readonly host: string;
  readonly port: number;
}

/**
 * How a connection is encrypted, in PostgreSQL's own words: `require` encrypts and checks no certificate, `verify-ca`
 * checks who has signed it, `verify-full` its host name too.
 */
export type TlsMode = (typeof tlsModes)[number];

/** All of these words. */
export const tlsModes = ["disable", "require", "verify-ca", "verify-full"] as const;

const form = /^postgres(?:ql)?:\/\/(?:([^/@]*)@)?([^/?#@]*)\/([^/?#]*)(?:\?([^#]*))?$/;

/** Parses a URL of PostgreSQL. Undefined for a URL that lacks a user, a host or a database, or has what is not known. */
export function parsePostgresUrl(url: string, folder: string): PostgresLocation | undefined {
  try {
    const [, credentials = "", servers = "", name = "", query = ""] = form.exec(url) ?? [];
    const [user = "", password] = splitOnce(credentials, ":").map(decodeURIComponent);
    const database = decodeURIComponent(name);
    const options = parseOptions(query);
    if (options === undefined) return undefined;
    const socket = options.get("host");
    const hosts = socket === undefined ? parseHosts(servers) : parseSocket(socket, options.get("port"));
    if (user === "" || database === "" || hosts === undefined) return undefined;
    // A socket has its port as an option, and a server in front of the database's name.
    if (socket === undefined ? options.has("port") : servers !== "") return undefined;
    if ([...options.keys()].some((key) => !knownOptions.includes(key))) return undefined;
    const root = options.get("sslrootcert");
    const tls = parseTls(options.get("sslmode"), hosts, root !== undefined);
    if (tls === undefined) return undefined;
    return {
      kind: "postgres",
      hosts,
      user,
      password: password === undefined || password === "" ? undefined : () => password,
      database,
      tls,
      rootCertificate: root === undefined || root === "system" ? undefined : resolve(folder, root),
    };
  } catch {
    // Of decodeURIComponent.
    return undefined;
  }
}

/** The URL of a database without its password. */
export function formatPostgresLocation(location: PostgresLocation): string {
  const { hosts, user, database, tls, rootCertificate } = location;
  const socket = hosts.find(({ host }) => host.startsWith("/"));
  const servers = socket === undefined ? hosts.map(formatHost).join(",") : "";
  const options = [
    ...(socket === undefined ? [] : [`host=${encodePath(socket.host)}`]),
    ...(socket === undefined || socket.port === usualPort ? [] : [`port=${socket.port}`]),
    `sslmode=${tls}`,
    ...(rootCertificate === undefined ? [] : [`sslrootcert=${encodePath(rootCertificate)}`]),
  ];
  return `postgres://${encodeURIComponent(user)}@${servers}/${encodeURIComponent(database)}?${options.join("&")}`;
}

/** A server as a person would write it; of a socket its file, whose name has the port. */
export function formatHost({ host, port }: PostgresHost): string {
  if (host.startsWith("/")) return port === usualPort ? host : `${host}/.s.PGSQL.${port}`;
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

const knownOptions: readonly string[] = ["sslmode", "sslrootcert", "host", "port"];
const usualPort = 5432;

/**
 * As PostgreSQL's own clients read them: a plus stays a plus. Undefined where one is there twice: of two values of a protection
 * one would be dropped without a word.
 */
function parseOptions(query: string): ReadonlyMap<string, string> | undefined {
  const pairs =
    query === "" ? [] : query.split("&").map((pair) => splitOnce(pair, "=").map(decodeURIComponent));
  const options = new Map(pairs.map(([name = "", value = ""]) => [name, value]));
  return options.size === pairs.length ? options : undefined;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function parseHosts(text: string): readonly PostgresHost[] | undefined {
  const hosts = text.split(",").map((one) => {
    const [, name = "", port] =
      /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?$/i.exec(decodeURIComponent(one)) ?? [];
    const number = parsePort(port);
    if (name === "" || number === undefined) return undefined;
    return { host: name.replaceAll(/[[\]]/g, ""), port: number };
  });
  const known = hosts.filter((host) => host !== undefined);
  return known.length === hosts.length ? known : undefined;
}

function parseSocket(folder: string, port: string | undefined): readonly PostgresHost[] | undefined {
  const number = parsePort(port);
  return folder.startsWith("/") && number !== undefined ? [{ host: folder, port: number }] : undefined;
}

function parsePort(text: string | undefined): number | undefined {
  const port = text === undefined ? usualPort : /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65_535 ? port : undefined;
}

/**
 * Without `sslmode` every connection is checked in full, except on this machine, where no network is in between. As in
 * PostgreSQL's own clients, `require` checks who has signed the certificate where the authorities are named.
 */
function parseTls(
  text: string | undefined,
  hosts: readonly PostgresHost[],
  hasRoot: boolean,
): TlsMode | undefined {
  if (text === "require" && hasRoot) return "verify-ca";
  if (text !== undefined) return tlsModes.find((mode) => mode === text);
  return hosts.every(({ host }) => isLocal(host)) ? "disable" : "verify-full";
}

function isLocal(host: string): boolean {
  return host.startsWith("/") || host === "localhost" || host === "::1" || /^127\.[0-9.]+$/.test(host);
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
