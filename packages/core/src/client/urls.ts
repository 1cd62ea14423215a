type Query = Readonly<Record<string, string | undefined>>;

/** The URL of the apps, or of a path below them, with system query options. */
export function appsUrl(base: URL, path: string, query: Query = {}): URL {
  const url = new URL(`deviceAppManagement/mobileApps${path}`, base);
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : `$${name}=${encodeURIComponent(value)}`,
  );
  url.search = parts.join("&");
  return url;
}

/** The URL of an app's summary. */
export function summaryUrl(base: URL, id: string): URL {
  return appsUrl(base, `/${id}/installSummary`);
}
