import { freePorts } from "@tooling/postgres";
import { programs } from "../processes/programs.ts";
import type { Place } from "../processes/place.ts";
import { startProgram } from "../processes/start-program.ts";
import { waitForPort } from "../processes/wait-for-port.ts";
import { users } from "./patroni-config.ts";

/** Starts PgBouncer with transaction pooling in front of a port of PostgreSQL; resolves to its port. */
export async function startPgbouncer(place: Place, behind: number, database: string): Promise<number> {
  const [port = 0] = await freePorts(1);
  const folder = place.makeFolder(`pgbouncer-${database}`);
  const { username, password } = users.facade;
  const passwords = place.writeFile(`pgbouncer-${database}/users.txt`, `"${username}" "${password}"\n`);
  const config = [
    "[databases]",
    `${database} = host=127.0.0.1 port=${behind}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = scram-sha-256",
    `auth_file = ${passwords}`,
    "pool_mode = transaction",
    "default_pool_size = 20",
    "server_login_retry = 1",
    "server_connect_timeout = 3",
    "query_timeout = 15",
    "query_wait_timeout = 5",
    "tcp_keepalive = 1",
    "tcp_keepidle = 5",
    "tcp_keepintvl = 2",
    "tcp_keepcnt = 3",
    "ignore_startup_parameters = extra_float_digits,options",
  ];
  const file = place.writeFile(`pgbouncer-${database}/pgbouncer.ini`, `${config.join("\n")}\n`);
  startProgram({ command: programs.pgbouncer, args: [file], folder });
  await waitForPort(port, "PgBouncer");
  return port;
}
