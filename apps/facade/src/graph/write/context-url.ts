import type { Expansion } from "../options/expand.ts";
import type { Selection } from "../options/select.ts";

/** What was asked for of an app, which its context URL repeats. */
export interface AppShape {
  readonly select: Selection;
  readonly expand: Expansion | undefined;
}

/** The path of the collection below the base URL. */
export const appsPath = "deviceAppManagement/mobileApps";

/** The context URL of a page of apps. Source: OData Protocol 4.01 §10, with Graph's way of writing expanded names. */
export function appsContext(base: string, { select = [], expand }: AppShape): string {
  const names = expand === undefined ? select : select.filter((name) => name !== "installSummary");
  const expanded = expand === undefined ? [] : [`installSummary(${(expand.select ?? []).join(",")})`];
  return `${base}/$metadata#${appsPath}${list([...names, ...expanded])}`;
}

/** The context URL of one app. */
export function appContext(base: string, shape: AppShape): string {
  return `${appsContext(base, shape)}/$entity`;
}

/** The context URL of one app's summary, on its own or inside of the app. */
export function summaryContext(base: string, id: string, select: Selection = []): string {
  return `${base}/$metadata#${appsPath}('${id}')/installSummary${list(select)}/$entity`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "" : `(${names.join(",")})`;
}
