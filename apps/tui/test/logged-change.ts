import type { ListedChange } from "@install-summary/core/client";
import { sampleId } from "./sample-apps.ts";

/** A change of the log: by default Ada Byron has set failed devices of the first app from 18 to 16, as version 7. */
export function loggedChange(parts: Partial<ListedChange> = {}): ListedChange {
  const version = parts.version ?? 7;
  return {
    cursor: `c${version}`,
    appId: sampleId(0),
    displayName: "App 0",
    version,
    changedAt: "2026-11-26T10:02:00.000Z",
    actor: "Ada Byron",
    origin: "api",
    requestId: `request-${version}`,
    before: { failedDeviceCount: 18 },
    after: { failedDeviceCount: 16 },
    ...parts,
  };
}
