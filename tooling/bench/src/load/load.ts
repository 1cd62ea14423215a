import { connect } from "node:net";
import { createHistogram } from "node:perf_hooks";
import type { LoadJob, LoadResult } from "./load-job.ts";
import { readAnswer, type RawAnswer } from "./read-response.ts";

// The load generator: a process of its own that speaks HTTP over plain sockets, one request at a time on each of its
// connections, and looks at every answer. It costs less than a client of a library, so that the server is the limit.

process.on("message", (job: LoadJob) => {
  void generate(job).then((result) => process.send?.(result));
});

async function generate(job: LoadJob): Promise<LoadResult> {
  const latencies = createHistogram();
  const start = performance.now();
  const end = start + job.milliseconds;
  let requests = 0;
  let bad = 0;
  let firstBad: string | undefined;
  // No run sets a counter to what an earlier one has set it to.
  let number = Date.now() % 1_000_000_000;

  await Promise.all(Array.from({ length: job.connections }, run));
  return {
    requests,
    bad,
    milliseconds: performance.now() - start,
    p50Us: latencies.percentile(50) / 1000,
    p99Us: latencies.percentile(99) / 1000,
    ...(firstBad !== undefined && { firstBad }),
  };

  function run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: job.port, host: "127.0.0.1", noDelay: true });
      let received = Buffer.alloc(0);
      let sent = 0;
      let id = "";
      let n = "";
      socket
        .on("connect", send)
        .on("error", reject)
        .on("close", () => reject(new Error("the server closed a connection")));
      socket.on("data", (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        const answer = readAnswer(received);
        if (answer === undefined) return;
        received = received.subarray(answer.length);
        latencies.record(Math.max(1, Math.round((performance.now() - sent) * 1e6)));
        check(answer);
        if (performance.now() < end) send();
        else {
          socket.removeAllListeners("close").end();
          resolve();
        }
      });

      function send(): void {
        number += 1;
        n = String(number);
        id = job.ids[number % job.ids.length] ?? "";
        const body = fill(job.body ?? "");
        const headers = { ...job.headers, ...(job.body !== undefined && { "content-length": body.length }) };
        const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        sent = performance.now();
        socket.write(
          `${job.method} ${fill(job.path)} HTTP/1.1\r\nhost: 127.0.0.1:${job.port}\r\n${head.join("")}\r\n${body}`,
        );
      }

      function fill(text: string): string {
        return text.replace("{id}", id).replace("{n}", n);
      }

      function check({ status, body }: RawAnswer): void {
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
