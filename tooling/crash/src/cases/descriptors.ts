import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { reasonAgainst } from "../processes/programs.ts";
import { openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";
import { until } from "./until.ts";

const maxFiles = 60;
const idle = 200;

/** The facade may open no more files and connections. */
export const descriptors: Case = {
  name: "descriptors",
  promise:
    "a facade whose descriptors are used up closes connections, and serves on once there are some again",
  rounds: { short: 1, long: 20 },
  missing: () => reasonAgainst("prlimit", "--version"),
  async run(rounds) {
    await using site = await openSite();
    const { origin, output } = await site.start({ within: ["prlimit", `--nofile=${maxFiles}`] });
    const load = await site.load();
    const faults: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await load.acknowledged(50);
      const sockets = await openIdle(new URL(origin));
      // Node closes what it cannot accept.
      await until("connections are closed", () => sockets.some(({ destroyed }) => destroyed));
      for (const socket of sockets) socket.destroy();
      // Those that wait to be accepted are before every new one.
      await until("new connections are accepted", () => isAccepted(origin));
      await load.acknowledged(50);
    }
    const history = await load.stop();
    if (output().includes('"level":"fatal"')) faults.push(`The log has a fatal line: ${output()}`);
    return {
      faults: [...faults, ...(await site.judge(history))],
      told: `used up ${rounds} times; ${describeHistory(history)}`,
    };
  },
};

/** Whether a connection of its own is answered. */
async function isAccepted(origin: string): Promise<boolean> {
  return fetch(`${origin}/livez`, { headers: { Connection: "close" } }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function openIdle({ hostname, port }: URL): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: idle }, () =>
    connect({ host: hostname, port: Number(port) }).on("error", () => undefined),
  );
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, "connect"), once(socket, "close")])));
  for (const socket of sockets) socket.resume();
  return sockets;
}
