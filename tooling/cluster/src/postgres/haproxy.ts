import { freePorts } from "@tooling/postgres";
import { programs } from "../processes/programs.ts";
import type { Place } from "../processes/place.ts";
import { startProgram } from "../processes/start-program.ts";
import { waitForPort } from "../processes/wait-for-port.ts";
import type { ClusterNode } from "./patroni-node.ts";

/** Starts HAProxy, which asks the Patroni of each node whether it is the primary; resolves to its port. */
export async function startHaproxy(
  place: Place,
  nodes: readonly Pick<ClusterNode, "name" | "port" | "patroniPort">[],
): Promise<number> {
  const [port = 0] = await freePorts(1);
  const folder = place.makeFolder("haproxy");
  const file = place.writeFile("haproxy.cfg", haproxyConfig(port, nodes));
  startProgram({ command: programs.haproxy, args: ["-db", "-f", file], folder });
  await waitForPort(port, "HAProxy");
  return port;
}

/**
 * A node that was frozen while it renewed its lead says for up to one `loop_wait`, of 2 s here, that it is the primary. So a
 * node must say so for longer than that, which is 3 looks.
 */
function haproxyConfig(
  port: number,
  nodes: readonly Pick<ClusterNode, "name" | "port" | "patroniPort">[],
): string {
  const servers = nodes.map(
    (node) => `    server ${node.name} 127.0.0.1:${node.port} check port ${node.patroniPort}`,
  );
  return `${[
    "defaults",
    "    mode tcp",
    "    timeout connect 2s",
    "    timeout client 30m",
    "    timeout server 30m",
    "    timeout check 1s",
    "listen primary",
    `    bind 127.0.0.1:${port}`,
    "    option httpchk GET /primary",
    "    http-check expect status 200",
    "    default-server inter 1s fall 2 rise 3 on-marked-down shutdown-sessions",
    ...servers,
  ].join("\n")}\n`;
}
