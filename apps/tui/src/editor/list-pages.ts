import type { InstallSummaryClient, ListedPage } from "@install-summary/core/client";

/** As many apps as most tenants have, at which a page is still read and drawn at once. */
const firstSize = 250;
/** Long lists are read soonest in long pages. */
const pageSize = 1000;

/**
 * The pages of the whole list. The first one is short and is not counted, so that there is something to see while a long list
 * is still counted and read; the apps of that page then come once more.
 */
export async function* listPages(
  client: Pick<InstallSummaryClient, "pages">,
  signal: AbortSignal,
): AsyncGenerator<ListedPage> {
  for await (const page of client.pages({ top: firstSize, signal })) {
    yield page;
    if (page.isLast === true) return;
    break;
  }
  yield* client.pages({ top: pageSize, count: true, signal });
}
