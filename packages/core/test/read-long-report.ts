import { parentPort, workerData } from "node:worker_threads";
import { readReport } from "../src/report/index.ts";
import { writeLongReport, type LongForm } from "./long-report.ts";

// Reads a report that is far larger than the memory of this worker, and posts the number of its rows, or why it is refused.

const data: LongForm | Uint8Array<ArrayBuffer> = workerData;
const report = typeof data === "string" ? streamed(writeLongReport(data)) : new Blob([data]).stream();
let read = 0;
let refusal: string | undefined;
try {
  for await (const row of readReport(report)) {
    if ("patch" in row && row.patch.failedDeviceCount === 1) read += 1;
  }
} catch (error) {
  refusal = String(error);
}
parentPort?.postMessage(refusal ?? read, []);

function streamed(texts: Generator<string>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const next = texts.next();
      if (next.done === true) controller.close();
      else controller.enqueue(new TextEncoder().encode(next.value));
    },
  });
}
