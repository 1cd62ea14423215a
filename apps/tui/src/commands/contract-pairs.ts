import { UserError } from "@install-summary/command-line/errors";
import { checkPair, goldenPairs, type GoldenPair, type SendRequest } from "@install-summary/core/contract";

/** What became of a pair. */
export interface CheckedPair extends Pick<GoldenPair, "number" | "name" | "feature"> {
  readonly result: "passed" | "failed" | "skipped";
  readonly differences: readonly string[];
}

/** The pairs that `--only` means. Throws `UserError` where no pair is meant. */
export function choosePairs(only: string | undefined): (pair: GoldenPair) => boolean {
  if (only === undefined) return () => true;
  const text = only.trim().toLowerCase();
  const isMeant = ({ number, name, feature }: GoldenPair): boolean =>
    /^\d+$/.test(text)
      ? String(number) === text
      : feature.toLowerCase() === text || name.toLowerCase().includes(text);
  if (text !== "" && goldenPairs.some(isMeant)) return isMeant;
  throw new UserError(`No pair of the contract is meant by ${JSON.stringify(only)}.`, {
    target: "--only",
    argument: only,
    help: [
      `Features: ${[...new Set(goldenPairs.map(({ feature }) => feature))].join(", ")}. Otherwise words of a name, or a number.`,
    ],
  });
}

interface Checking {
  readonly wanted: (pair: GoldenPair) => boolean;
  readonly send: SendRequest;
  /** Hides in a difference what the response repeats of the tokens. */
  readonly hide: (text: string) => string;
  readonly appId: string;
  readonly hasReader: boolean;
  readonly say: (what: string) => void;
  readonly signal: AbortSignal;
}

/** Checks pairs in order, since later pairs build on what earlier ones wrote and captured. */
export async function checkPairs({
  wanted,
  send,
  hide,
  appId,
  hasReader,
  say,
  signal,
}: Checking): Promise<readonly CheckedPair[]> {
  const run = { appId, etags: new Map<string, string>() };
  const checked: CheckedPair[] = [];
  const last = goldenPairs.findLastIndex(wanted);
  for (const pair of goldenPairs.slice(0, last + 1)) {
    signal.throwIfAborted();
    say(`pair ${pair.number}: ${pair.name}`);
    const { number, name, feature } = pair;
    const isSkipped = pair.identity === "reader" && !hasReader;
    const differences = isSkipped ? ["It needs --reader-token-file."] : await checkPair(pair, send, run);
    const result = isSkipped ? "skipped" : differences.length === 0 ? "passed" : "failed";
    if (wanted(pair)) checked.push({ number, name, feature, result, differences: differences.map(hide) });
  }
  return checked;
}
