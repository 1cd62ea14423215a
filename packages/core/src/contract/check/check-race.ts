import { parseAppId } from "../../resource/app-id.ts";
import { visibleText } from "../../text/visible-text.ts";
import { readText } from "./content-coding.ts";
import { describeNoResponse, type PairRun, type SendRequest } from "./check-pair.ts";

const rounds = 5;
const writers = 8;

/**
 * Lets eight writers change a summary at the same time, all with the ETag that it has, in five rounds. Returns the
 * differences from the contract, one sentence each: exactly one writer must succeed, the others must get 412, and GET
 * must then show the change of the one, under its ETag. No single pair can see a server that compares an ETag and
 * writes in two steps; a race shows it with luck, so no difference is not a proof. Overwrites a counter of the app.
 * Throws for an app's id that is not a GUID.
 */
export async function checkRace(send: SendRequest, run: Pick<PairRun, "appId">): Promise<readonly string[]> {
  const path = `/deviceAppManagement/mobileApps/${parseAppId(run.appId)}/installSummary`;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const differences = await checkRound(send, path);
      if (differences.length > 0) return differences.map((difference) => `round ${round}: ${difference}`);
    }
    return [];
  } catch (error) {
    return [describeNoResponse(error)];
  }
}

async function checkRound(send: SendRequest, path: string): Promise<readonly string[]> {
  const before = await read(send, path);
  if (before.etag === null) return [`GET must return a summary with an ETag but is ${before.text}`];
  const etag = before.etag;
  const first = before.failed >= 1_000_000 ? 1 : 1_000_001;
  const responses = await Promise.all(
    Array.from({ length: writers }, (_, index) => write(send, path, etag, first + index)),
  );
  const winners = responses.filter(({ status }) => status === 200);
  const others = responses.filter(({ status }) => status !== 200 && status !== 412);
  const [winner] = winners;
  if (winner === undefined || winners.length > 1 || others.length > 0) {
    const statuses = responses.map(({ status }) => status).join(" ");
    return [
      `of ${writers} writers with the ETag ${etag}, one must get 200 and the others 412, but they got ${statuses}`,
    ];
  }
  const after = await read(send, path);
  if (after.etag === winner.etag && after.failed === winner.value) return [];
  const expected = `failedDeviceCount ${winner.value} under ${winner.etag}`;
  return [
    `GET must return the change of the writer that got 200, ${expected}, but is ${after.failed} under ${after.etag}`,
  ];
}

interface Seen {
  readonly etag: string | null;
  readonly failed: number;
  readonly text: string;
}

async function read(send: SendRequest, path: string): Promise<Seen> {
  const response = await send({ method: "GET", path, headers: {}, identity: "writer" });
  const text = await readText(response);
  return { etag: response.headers.get("etag"), failed: failedDevices(text), text: visibleText(text, 200) };
}

/** The counter in a summary; NaN in any other text. */
function failedDevices(text: string): number {
  return Number(/"failedDeviceCount"\s*:\s*(\d+)/.exec(text)?.[1]);
}

interface Written {
  readonly status: number;
  readonly etag: string | null;
  readonly value: number;
}

async function write(send: SendRequest, path: string, etag: string, value: number): Promise<Written> {
  const headers = { "content-type": "application/json", "if-match": etag };
  const body = JSON.stringify({ failedDeviceCount: value });
  const response = await send({ method: "PATCH", path, headers, body, identity: "writer" });
  await readText(response);
  return { status: response.status, etag: response.headers.get("etag"), value };
}
