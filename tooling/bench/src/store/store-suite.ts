import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBareStore } from "../bare/bare-store.ts";
import type { Case, Role, Suite, SuiteOptions, Target, Variant } from "../judging/measurement.ts";
import { appOf } from "../sample/apps.ts";
import { fillStore, numbersFrom, spreadId, type FilledStore } from "./fill-store.ts";
import { measureWork, type Work } from "./measure-work.ts";
import { committing, following, listing, reading } from "./works.ts";

/** The store without HTTP: commits by batch against the bare driver, and what a large store costs over a small one. */
export async function openStoreSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const [few, many, changes] = isShort
    ? [150, 300, 500]
    : isFull
      ? [1000, 1_000_000, 10_000_000]
      : [1000, 100_000, 100_000];
  const fill = async (apps: number, log: number): Promise<FilledStore> =>
    opened.adopt(await fillStore(join(folder, `${apps}.db`), { apps, changes: log }), (one) => one.close());
  const [small, large] = [await fill(few, few), await fill(many, changes)];
  const bare = opened.adopt(openBareStore(join(folder, "bare.db")), (one) => one.close());
  bare.insert(numbersFrom(0, few).map(appOf));

  const time = isShort ? 20 : 300;
  function variant(name: string, role: Role, work: Work): Variant {
    return { variant: name, role, measure: () => measureWork(work, time) };
  }
  const committingBare = (count: number): Work => ({
    count,
    run: async (start) => {
      const batch = numbersFrom(start, count).map((failed) => ({ id: spreadId(failed, few), failed }));
      return count - bare.commit(batch).filter(({ version }) => version > 1).length;
    },
  });
  const bySize = (title: string, work: (store: FilledStore) => Work): Case => ({
    case: title,
    variants: [small, large].map((store) => variant(`${store.apps} apps`, "ours", work(store))),
  });
  const batches = isFull ? [1, 8, 32, 128] : [1, 32];
  const closing = opened.move();
  const grown = `${many} apps and ${changes} changes, store`;
  const growth = { metric: "cpuUs", ours: `${many} apps`, over: `${few} apps`, wanted: "at most" } as const;
  const targets: readonly Target[] = [
    { target: `growth to ${grown}: point read`, case: "point read", ...growth, goal: 3, floor: 4 },
    {
      target: `growth to ${grown}: commit of 1`,
      case: "commit of 1, by size",
      ...growth,
      goal: 1.5,
      floor: 2,
    },
    {
      target: `growth to ${grown}: commit of 32`,
      case: "commit of 32, by size",
      ...growth,
      goal: 4,
      floor: 5,
    },
    { target: `growth to ${grown}: page of 100`, case: "page of 100", ...growth, goal: 1.6, floor: 2 },
    {
      target: `growth to ${grown}: feed of changes`,
      case: "100 changes of the feed",
      ...growth,
      goal: 1.6,
      floor: 2,
    },
  ];
  return {
    rounds: 8,
    cases: [
      ...batches.map((count) => ({
        case: `commit of ${count}`,
        variants: [
          variant("store", "ours", committing(small, count)),
          variant("bare driver", "limit", committingBare(count)),
        ],
      })),
      bySize("point read", reading),
      bySize("page of 100", listing),
      bySize("100 changes of the feed", following),
      bySize("commit of 1, by size", (store) => committing(store, 1)),
      bySize("commit of 32, by size", (store) => committing(store, 32)),
    ],
    targets,
    close: () => closing.disposeAsync(),
  };
}
