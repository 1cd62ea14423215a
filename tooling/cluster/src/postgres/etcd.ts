import { programs } from "../processes/programs.ts";
import { freePorts } from "../processes/free-ports.ts";
import type { Place } from "../processes/place.ts";
import { startProgram, type Program } from "../processes/start-program.ts";
import { until } from "../processes/until.ts";

/** A cluster's memory of who leads it. */
export interface Etcd {
  readonly port: number;
  readonly program: Program;
}

/** Starts one etcd; resolves when it responds. */
export async function startEtcd(place: Place): Promise<Etcd> {
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
  const program = startProgram({ command: programs.etcd, args, folder });
  await until(async () => ((await fetch(`${client}/health`)).ok ? true : undefined), { what: "etcd" });
  return { port, program };
}
