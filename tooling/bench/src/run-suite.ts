import type { Row, Suite } from "./judging/measurement.ts";

/**
 * Measures all variants of every case in turn, A B A B, and backwards in every other round, so that whatever else the
 * machine does meets all of them. Every variant is warmed up first.
 */
export async function runSuite(
  name: string,
  { cases }: Pick<Suite, "cases">,
  rounds: number,
  progress: (text: string) => void,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { case: caseName, connections, variants } of cases) {
    progress(`${name}: ${caseName}`);
    for (const { warmUp, measure } of variants) await (warmUp ?? measure)();
    for (let round = 1; round <= rounds; round += 1) {
      for (const { variant, role, measure } of round % 2 === 1 ? variants : variants.toReversed()) {
        const sample = await measure();
        rows.push({
          suite: name,
          case: caseName,
          variant,
          role,
          round,
          ...(connections !== undefined && { connections }),
          ...sample,
        });
      }
    }
  }
  return rows;
}
