import { freePorts } from "@tooling/postgres";
import { programs } from "../processes/programs.ts";
import { openLink, type Link } from "../processes/link.ts";
import type { Place } from "../processes/place.ts";
import { startProgram, type Program } from "../processes/start-program.ts";
import { patroniConfig } from "./patroni-config.ts";

export interface NodeOptions {
  readonly place: Place;
  readonly name: string;
  readonly postgresPrograms: string;
  readonly isSynchronous: boolean;
  readonly etcdPort: number;
}

/**
 * Patroni with its PostgreSQL, as if on a machine of their own: all that goes in or out goes over links, which are what is
 * disposed. The processes end with the place.
 */
export interface ClusterNode extends AsyncDisposable {
  readonly name: string;
  /** Where the others reach PostgreSQL. */
  readonly port: number;
  /** Where the others reach Patroni. */
  readonly patroniPort: number;
  /** True once PostgreSQL takes writes here, by what Patroni says. */
  isPrimary(): Promise<boolean>;
  /** True once a commit waits for the standby here, by what Patroni says. */
  isSynchronous(): Promise<boolean>;
  /** Ends all its processes at once, as a power cut does. */
  kill(): Promise<void>;
  /** Ends Patroni at once. PostgreSQL goes on as what it was. */
  killPatroni(): void;
  /** Starts it again after it was killed. */
  start(): void;
  freeze(): void;
  thaw(): void;
  /** Cuts it off from etcd, the other nodes and the clients. */
  cut(): void;
  mend(): void;
  /** Asks for another primary, as for maintenance. */
  handOver(): Promise<void>;
  /** What Patroni and PostgreSQL have written. */
  output(): string;
}

/** Starts a node; who leads is decided among them. */
export async function startNode(options: NodeOptions): Promise<ClusterNode> {
  const { place, name } = options;
  const folder = place.makeFolder(name);
  const [postgresPort = 0, patroniPort = 0] = await freePorts(2);
  const postgresLink = await openLink(postgresPort);
  const patroniLink = await openLink(patroniPort);
  const etcdLink = await openLink(options.etcdPort);
  const links: readonly Link[] = [postgresLink, patroniLink, etcdLink];
  const config = patroniConfig({
    ...options,
    folder,
    postgresPort,
    patroniPort,
    etcdPort: etcdLink.port,
    postgresLink: postgresLink.port,
    patroniLink: patroniLink.port,
  });
  const file = place.writeFile(`${name}.yml`, config);
  const start = (): Program => startProgram({ command: programs.patroni, args: [file], folder });
  let program = start();
  const says = async (path: string): Promise<boolean> => {
    const response = await fetch(`http://127.0.0.1:${patroniPort}/${path}`).catch(() => undefined);
    return response?.ok ?? false;
  };
  return {
    name,
    port: postgresLink.port,
    patroniPort: patroniLink.port,
    isPrimary: () => says("primary"),
    isSynchronous: () => says("synchronous"),
    kill: () => program.kill(),
    killPatroni: () => program.killAlone(),
    start() {
      program = start();
    },
    freeze: () => program.freeze(),
    thaw: () => program.thaw(),
    cut() {
      for (const link of links) link.cut();
    },
    mend() {
      for (const link of links) link.mend();
    },
    handOver: () => requestSwitchover(patroniPort, name),
    output: () => program.output(),
    async [Symbol.asyncDispose]() {
      for (const link of links) await link[Symbol.asyncDispose]();
    },
  };
}

async function requestSwitchover(port: number, leader: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/switchover`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ leader }),
  });
  if (!response.ok)
    throw new Error(`The switchover was refused: ${response.status} ${await response.text()}`);
}
