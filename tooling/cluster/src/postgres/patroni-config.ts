/** What Patroni and PostgreSQL of a node are told. */
export interface NodePlan {
  readonly name: string;
  readonly folder: string;
  readonly postgresPrograms: string;
  /** Whether a commit waits for a standby. */
  readonly isSynchronous: boolean;
  /** Where etcd is reached. */
  readonly etcdPort: number;
  /** Where PostgreSQL and Patroni listen. */
  readonly postgresPort: number;
  readonly patroniPort: number;
  /** Where the others reach them. */
  readonly postgresLink: number;
  readonly patroniLink: number;
}

/** Users of the cluster with their passwords. */
export const users = {
  superuser: { username: "postgres", password: "of-the-superuser" },
  replication: { username: "replicator", password: "of-the-replicator" },
  facade: { username: "facade", password: "of-the-facade" },
};

/** The configuration of a node. YAML is a superset of JSON, so it is written as JSON. */
export function patroniConfig(plan: NodePlan): string {
  return JSON.stringify({
    scope: "install-summary",
    name: plan.name,
    restapi: {
      listen: `127.0.0.1:${plan.patroniPort}`,
      connect_address: `127.0.0.1:${plan.patroniLink}`,
    },
    // By version 2 of the protocol: over version 3, Patroni 3.0.2 takes the lead again after a pause, even from another node.
    // As proxies: otherwise it asks etcd for its address, and goes past the link.
    etcd: { hosts: [`127.0.0.1:${plan.etcdPort}`], use_proxies: true },
    bootstrap: {
      dcs: {
        ttl: 10,
        loop_wait: 2,
        retry_timeout: 4,
        synchronous_mode: plan.isSynchronous,
        synchronous_mode_strict: plan.isSynchronous,
        postgresql: {
          use_pg_rewind: true,
          parameters: { shared_buffers: "16MB", wal_keep_size: "256MB", log_min_messages: "warning" },
        },
      },
      initdb: [{ encoding: "UTF8" }, { locale: "C.UTF-8" }, "data-checksums"],
    },
    postgresql: {
      listen: `127.0.0.1:${plan.postgresPort}`,
      connect_address: `127.0.0.1:${plan.postgresLink}`,
      data_dir: `${plan.folder}/data`,
      bin_dir: plan.postgresPrograms,
      pgpass: `${plan.folder}/pgpass`,
      authentication: { superuser: users.superuser, replication: users.replication },
      pg_hba: ["host all all 127.0.0.1/32 scram-sha-256", "host replication all 127.0.0.1/32 scram-sha-256"],
      parameters: { unix_socket_directories: plan.folder },
    },
  });
}
