import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Where Debian's packages put what a cluster is made of. */
export const programs = {
  etcd: "/usr/bin/etcd",
  patroni: "/usr/bin/patroni",
  haproxy: "/usr/sbin/haproxy",
  pgbouncer: "/usr/sbin/pgbouncer",
  setpriv: "/usr/bin/setpriv",
};

const postgresFolder = "/usr/lib/postgresql";

/** The folder with the programs of the newest PostgreSQL that is installed as a package. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(postgresFolder) ? readdirSync(postgresFolder) : [];
  const [newest] = versions.toSorted((a, b) => Number(b) - Number(a));
  const folder = newest === undefined ? undefined : join(postgresFolder, newest, "bin");
  return folder !== undefined && existsSync(join(folder, "postgres")) ? folder : undefined;
}

/** Why this machine cannot run programs in a place; undefined where it can. */
export function whyNoProcesses(): string | undefined {
  return existsSync("/proc/self/cwd") && existsSync(programs.setpriv)
    ? undefined
    : "it needs Linux with setpriv";
}

/** Why this machine cannot run a cluster; undefined where it can. */
export function whyNoCluster(): string | undefined {
  if (whyNoProcesses() !== undefined) return whyNoProcesses();
  const missing = Object.entries(programs).flatMap(([name, file]) => (existsSync(file) ? [] : [name]));
  if (postgresPrograms() === undefined) missing.push("postgresql");
  return missing.length === 0
    ? undefined
    : `${missing.join(", ")} not installed (apt-get install patroni etcd-server postgresql haproxy pgbouncer)`;
}
