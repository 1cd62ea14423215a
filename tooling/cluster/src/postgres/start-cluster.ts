import { join } from "node:path";
import { postgresPrograms, whyNoCluster } from "../processes/programs.ts";
import { makePlace } from "../processes/place.ts";
import { until } from "../processes/until.ts";
import { startEtcd } from "./etcd.ts";
import { startHaproxy } from "./haproxy.ts";
import { users } from "./patroni-config.ts";
import { startNode, type ClusterNode } from "./patroni-node.ts";
import { startPgbouncer } from "./pgbouncer.ts";
import { psql } from "./psql.ts";

export interface ClusterOptions {
  /** Whether a commit waits for a standby. */
  readonly isSynchronous: boolean;
}

/** Three nodes of PostgreSQL that agree on a primary, and the doors to it. */
export interface Cluster extends AsyncDisposable {
  /** The node that is the primary now. Waits until there is one. */
  primary(): Promise<ClusterNode>;
  /** Waits until another node is the primary, and resolves to it. */
  primaryOtherThan(node: ClusterNode): Promise<ClusterNode>;
  /** Waits until every node is either the primary or a standby that streams. */
  isWhole(): Promise<void>;
  /** Runs SQL on the primary as the superuser, and resolves to what it prints. */
  query(sql: string, database?: string): Promise<string>;
  /** Makes an empty database of the facade's user, and returns its name. */
  createDatabase(): Promise<string>;
  /** URLs of a database. */
  readonly urls: {
    /** All nodes in one URL. */
    hosts(database: string): string;
    /** Through HAProxy. */
    haproxy(database: string): string;
    /** Through PgBouncer, which goes through HAProxy. */
    pgbouncer(database: string): Promise<string>;
  };
}

/** The standbys that stream, and whether a commit waits for them; Patroni calls those that wait in line `potential`. */
const standbys =
  "SELECT string_agg(kind, ',' ORDER BY kind) FROM (SELECT replace(sync_state, 'potential', 'async') AS kind " +
  "FROM pg_stat_replication WHERE state = 'streaming' AND application_name <> 'pg_basebackup') AS streaming";

/** Starts one; resolves when it is whole. */
export async function startCluster({ isSynchronous }: ClusterOptions): Promise<Cluster> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error(whyNoCluster());
  await using started = new AsyncDisposableStack();
  const place = started.use(makePlace());
  const etcdPort = await startEtcd(place);
  const nodes: ClusterNode[] = [];
  for (const name of ["n1", "n2", "n3"]) {
    const options = { place, name, postgresPrograms: programs, isSynchronous, etcdPort };
    nodes.push(started.use(await startNode(options)));
  }
  const haproxy = await startHaproxy(place, nodes);
  const primary = () => until(() => findPrimary(nodes), { what: "primary" });
  const query: Cluster["query"] = async (sql, database = "postgres") => {
    const { port } = await primary();
    return psql({ program: join(programs, "psql"), port, database, ...users.superuser }, sql);
  };
  const isWhole = async (): Promise<void> => {
    const expected = isSynchronous ? "async,sync" : "async,async";
    // PostgreSQL waits for a standby a moment before etcd knows which one it is.
    const isKnown = async () =>
      !isSynchronous || (await Promise.all(nodes.map((node) => node.isSynchronous()))).includes(true);
    const look = async () => ((await query(standbys)) === expected && (await isKnown()) ? true : undefined);
    await until(look, { what: "whole cluster", seconds: 120 }).catch((cause: unknown) => {
      const logs = nodes.map((node) => `${node.name}: ${node.output().slice(-2000)}`);
      throw new Error(`The cluster is not whole.\n${logs.join("\n")}`, { cause });
    });
  };
  await isWhole();
  const { username, password } = users.facade;
  await query(`CREATE ROLE ${username} LOGIN PASSWORD '${password}'`);
  let databases = 0;
  const urlOf = (hosts: string, database: string): string =>
    `postgres://${username}:${password}@${hosts}/${database}?sslmode=disable`;
  const owned = started.move();
  return {
    primary,
    primaryOtherThan: (node) =>
      until(() => findPrimary(nodes.filter((other) => other !== node)), { what: "new primary" }),
    isWhole,
    query,
    async createDatabase() {
      databases += 1;
      const database = `facade${databases}`;
      await query(`CREATE DATABASE ${database} OWNER ${username}`);
      return database;
    },
    urls: {
      hosts: (database) => urlOf(nodes.map(({ port }) => `127.0.0.1:${port}`).join(","), database),
      haproxy: (database) => urlOf(`127.0.0.1:${haproxy}`, database),
      async pgbouncer(database) {
        const port = await startPgbouncer(place, haproxy, database);
        return urlOf(`127.0.0.1:${port}`, database);
      },
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function findPrimary(nodes: readonly ClusterNode[]): Promise<ClusterNode | undefined> {
  for (const node of nodes) if (await node.isPrimary()) return node;
  return undefined;
}
