import type { InstallSummaryEdit } from "../src/patch/edit.ts";
import type { Exchange } from "./serve-summary.ts";

/** An edit that fits whatever others change in between. */
export const fewer: InstallSummaryEdit = { pendingInstallUserCount: { add: -1 } };

/** Lets every request through. */
export function proceed(exchange: Exchange): void {
  exchange.proceed();
}

/** Someone else makes 18 failed devices just before the first PATCH arrives. */
export function raceOnFailedDevices(
  exchange: Exchange,
  { change }: { readonly change: (patch: { readonly failedDeviceCount: number }) => void },
): void {
  if (exchange.request.method === "PATCH" && exchange.before === 0) change({ failedDeviceCount: 18 });
  exchange.proceed();
}
