import { connect } from "node:net";
import { createHistogram } from "node:perf_hooks";
import { connect as connectTls } from "node:tls";
import { appIdOf } from "../sample/apps.ts";
import { parseLoadJob, type LoadJob, type LoadResult } from "./load-job.ts";
import { parseResponse, type RawResponse } from "./parse-response.ts";

// The load generator: a process of its own that speaks HTTP over plain sockets, one request at a time on each of its
// connections, and checks every response. It costs less than a client of a library, so that the server is the limit.

process.on("message", (message: unknown) => {
  void generate(parseLoadJob(message)).then((result) => process.send?.(result));
});

async function generate(job: LoadJob): Promise<LoadResult> {
  const latencies = createHistogram();
  const headers = Object.entries(job.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = ` HTTP/1.1\r\nhost: 127.0.0.1:${job.port}\r\n${headers.join("")}`;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + job.milliseconds;
  let requests = 0;
  let bad = 0;
  let firstBad: string | undefined;
  // No run sets a counter to what an earlier one has set it to.
  let number = Date.now() % 1_000_000_000;

  await Promise.all(Array.from({ length: job.connections }, run));
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return {
    requests,
    bad,
    milliseconds,
    p50Us: latencies.percentile(50) / 1000,
    p99Us: latencies.percentile(99) / 1000,
    maxUs: latencies.max / 1000,
    busy: (user + system) / (milliseconds * 1000),
    ...(firstBad !== undefined && { firstBad }),
  };

  function run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const isTls = job.isTls === true;
      const target = { port: job.port, host: "127.0.0.1", noDelay: true };
      const socket = isTls ? connectTls({ ...target, rejectUnauthorized: false }) : connect(target);
      let received = Buffer.alloc(0);
      let sent = 0;
      let id = "";
      let n = "";
      socket
        .on(isTls ? "secureConnect" : "connect", send)
        .on("error", reject)
        .on("close", () => reject(new Error("the server closed a connection")));
      socket.on("data", (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        const response = parseResponse(received);
        if (response === undefined) return;
        received = received.subarray(response.length);
        latencies.record(Math.max(1, Math.round((performance.now() - sent) * 1e6)));
        check(response);
        if (performance.now() < end) send();
        else {
          socket.removeAllListeners("close").end();
          resolve();
        }
      });

      function send(): void {
        number += 1;
        n = String(number);
        // Multiplied by a large prime, so that neighbours in time are none in the store.
        id = idAfter(0);
        sent = performance.now();
        if (job.body === undefined) socket.write(`${job.method} ${fill(job.path)}${head}\r\n`);
        else {
          const body = fill(job.body);
          socket.write(`${job.method} ${fill(job.path)}${head}content-length: ${body.length}\r\n\r\n${body}`);
        }
      }

      function fill(text: string): string {
        const filled = text.replace("{id}", id).replaceAll("{n}", n);
        if (!filled.includes("{id+")) return filled;
        return filled.replaceAll(/\{id\+([0-9]+)\}/g, (_all, offset: string) => idAfter(Number(offset)));
      }

      function idAfter(offset: number): string {
        return appIdOf((number * 7_368_787 + offset) % job.apps);
      }

      function check({ status, body }: RawResponse): void {
        requests += 1;
        const { expected } = job;
        if (status === expected.status && expected.contains.every((text) => body.includes(fill(text))))
          return;
        bad += 1;
        firstBad ??= `${status} ${body.slice(0, 300)}`;
      }
    });
  }
}
