import type { KnownApp } from "../words/known-app.ts";

/**
 * Creates a function that copies apps so that many of them take little memory: only what is known of apps here is kept, all
 * have the same layout, and texts that most apps share, such as a publisher, are there once.
 */
export function createAppCompactor(): (app: KnownApp) => KnownApp {
  const known = new Map<string, string>();

  function shared<Text extends string | null | undefined>(text: Text): Text | string {
    if (typeof text !== "string") return text;
    const found = known.get(text);
    if (found !== undefined) return found;
    // Texts that differ from app to app would only fill the map.
    if (known.size < maxShared) known.set(text, text);
    return text;
  }

  return (app) => {
    const { id, installSummary: summary } = app;
    return {
      "@odata.type": shared(app["@odata.type"]),
      id,
      displayName: app.displayName,
      publisher: shared(app.publisher),
      installSummary: {
        id,
        installedDeviceCount: summary.installedDeviceCount,
        failedDeviceCount: summary.failedDeviceCount,
        notApplicableDeviceCount: summary.notApplicableDeviceCount,
        notInstalledDeviceCount: summary.notInstalledDeviceCount,
        pendingInstallDeviceCount: summary.pendingInstallDeviceCount,
        installedUserCount: summary.installedUserCount,
        failedUserCount: summary.failedUserCount,
        notApplicableUserCount: summary.notApplicableUserCount,
        notInstalledUserCount: summary.notInstalledUserCount,
        pendingInstallUserCount: summary.pendingInstallUserCount,
      },
      etag: shared(app.etag),
    };
  };
}

const maxShared = 10_000;
