import { freePorts } from "@tooling/postgres";
import { programs } from "../processes/programs.ts";
import type { Place } from "../processes/place.ts";
import { startProgram } from "../processes/start-program.ts";
import { until } from "../processes/until.ts";

/** Starts an etcd, a cluster's memory of who leads it; resolves to its port when it responds. */
export async function startEtcd(place: Place): Promise<number> {
  const [port = 0, peerPort = 0] = await freePorts(2);
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const folder = place.makeFolder("etcd");
  const args = [
    "--name=etcd",
    "--enable-v2",
    `--data-dir=${folder}/data`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=etcd=${peer}`,
  ];
  startProgram({ command: programs.etcd, args, folder });
  await until(async () => ((await fetch(`${client}/health`)).ok ? true : undefined), { what: "etcd" });
  return port;
}
