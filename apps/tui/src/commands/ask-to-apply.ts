import { applyPatch, diff, type InstallSummaryPatch } from "@install-summary/core";
import type { ReadyChange } from "../changes/check-plan.ts";
import type { PlannedChange } from "../changes/plan.ts";
import { appIdentity } from "../words/app-identity.ts";
import { formatCount } from "../words/format-count.ts";
import { beforeSending } from "./before-sending.ts";
import type { CommandContext } from "./command-context.ts";
import { confirm, severalApps } from "./confirm.ts";
import { printLines, textOutput } from "./output/print.ts";
import { printPlan } from "./print-plan.ts";
import { shownAt } from "./shown-at.ts";
import type { KnownApp } from "../words/known-app.ts";

/** What is about to be sent, and where it is shown. */
export interface Asked {
  readonly ready: readonly ReadyChange[];
  readonly baseUrl: string;
  /** Whether what is sent belongs beside the table of results. */
  readonly isTable: boolean;
}

/** Shows what is sent, and asks; only `--yes` sends several changes where a question cannot be seen. */
export async function askToApply(
  context: CommandContext,
  { yes }: { readonly yes?: boolean },
  { ready, baseUrl, isTable }: Asked,
): Promise<void> {
  const { env, stderr } = context;
  const asks = yes !== true;
  const shown = {
    changes: ready.map(({ change, app }) => ({ ...change, before: valuesNow(change, app) })),
    apps: new Map(ready.map(({ app }) => [app.id.toLowerCase(), app])),
    nameOf: () => null,
  };
  for (const place of shownAt(context, { isTable, asks })) {
    await printPlan(place, shown);
    place.write("\n");
  }
  if (ready.some(({ app }) => app.etag === undefined)) {
    printLines(textOutput(stderr, env), ["This server sends no ETags: the last writer wins."]);
  }
  if (!asks) return;
  const [first] = ready;
  const what =
    ready.length === 1 && first !== undefined ? appIdentity(first.app) : `${formatCount(ready.length)} apps`;
  await beforeSending(
    confirm(`Send the changes of ${what} to ${baseUrl}?`, context, severalApps(ready.length)),
    context,
  );
}

function valuesNow({ patch }: PlannedChange, { installSummary }: KnownApp): InstallSummaryPatch {
  return diff(applyPatch(installSummary, patch), installSummary);
}
