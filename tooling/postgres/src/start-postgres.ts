import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { findBinaries } from "./binaries.ts";
import { freePorts } from "./free-ports.ts";
import { makeData } from "./make-data.ts";
import { runServer, type RunningServer } from "./supervise.ts";

export { serverAccount } from "./account.ts";
export { findBinaries, whyNoPostgres, type Binaries } from "./binaries.ts";
export { freePorts } from "./free-ports.ts";
export { runServer, type RunningServer } from "./supervise.ts";

/** How a server for tests differs from the usual one. */
export interface PostgresOptions {
  /** Settings of the server by their names, such as `max_connections`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How a database differs from the usual one, which has UTF-8 and the order of American English. */
export interface DatabaseOptions {
  /** What follows `CREATE DATABASE name`, such as `ENCODING 'SQL_ASCII'`. */
  readonly definition?: string;
}

/** A PostgreSQL server of a test, with data of its own. It ends with this process at the latest. */
export interface PostgresServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** The folder of the server's data, `data`, and of its socket. */
  readonly folder: string;
  /** The superuser's name and password. */
  readonly user: string;
  readonly password: string;
  /** The process id of the server; another one after each start. */
  pid(): number;
  /** The URL of a database, with the superuser's name and password. */
  url(database?: string): string;
  /** Creates an empty database and resolves to its name. */
  createDatabase(options?: DatabaseOptions): Promise<string>;
  /** Drops a database and ends its connections. */
  dropDatabase(name: string): Promise<void>;
  /** Runs a statement as the superuser and resolves to its rows. */
  query(text: string, values?: readonly unknown[], database?: string): Promise<readonly Row[]>;
  /** Stops the server: `SIGINT` cuts its connections, `SIGQUIT` is as good as a crash. */
  stop(signal?: "SIGINT" | "SIGQUIT" | "SIGKILL"): Promise<void>;
  /** Starts the server again, on the same port and data. */
  start(): Promise<void>;
  /** The last lines of the server's log. */
  log(): string;
}

/** A row of a result, by its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Starts a PostgreSQL 18 on a free port of loopback, with its data in a temporary folder. Ask `whyNoPostgres` before. */
export async function startPostgres({ settings = {} }: PostgresOptions = {}): Promise<PostgresServer> {
  const binaries = findBinaries();
  if ("missing" in binaries) throw new Error(binaries.missing);
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const [host, user] = ["127.0.0.1", "postgres"];
  const password = await makeData({ initdb: binaries.initdb, folder, user });
  let [port = 0] = await freePorts(1);
  const run = (): Promise<RunningServer> =>
    runServer({
      program: binaries.postgres,
      args: [
        "-D",
        join(folder, "data"),
        "-p",
        String(port),
        ...settingArgs({ ...usualSettings(folder), ...settings }),
      ],
      folder,
    });
  let server = await run().catch(async () => {
    // Another program may have taken the port in between.
    [port = 0] = await freePorts(1);
    return run();
  });
  let isStopped = false;

  const url = (database = "postgres"): string => `postgres://${user}:${password}@${host}:${port}/${database}`;

  const query: PostgresServer["query"] = async (text, values = [], database = "postgres") => {
    const client = new Client({ host, port, user, password, database });
    client.on("error", () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
      return rows;
    } finally {
      await client.end();
    }
  };

  const stop: PostgresServer["stop"] = async (signal = "SIGINT") => {
    if (isStopped) return;
    isStopped = true;
    process.kill(server.pid, signal);
    // A frozen server ends only once it goes on; SIGKILL needs no help.
    if (signal !== "SIGKILL") thaw(server.pid);
    await server.whenEnded();
  };

  started.defer(() => stop("SIGQUIT"));
  const owned = started.move();
  return {
    host,
    port,
    folder,
    user,
    password,
    pid: () => server.pid,
    url,
    async createDatabase({ definition = "" } = {}) {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      await query(`CREATE DATABASE ${name} ${definition}`);
      return name;
    },
    dropDatabase: async (name) => void (await query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
    query,
    stop,
    async start() {
      if (!isStopped) return;
      server = await run();
      isStopped = false;
    },
    log: () => server.log(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function usualSettings(folder: string): Readonly<Record<string, string>> {
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    shared_buffers: "32MB",
    max_connections: "200",
    timezone: "UTC",
  };
}

function settingArgs(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Lets a process go on, unless it has ended already. */
function thaw(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
