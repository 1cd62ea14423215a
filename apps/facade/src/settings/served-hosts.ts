import type { Settings } from "./settings.ts";

/** The names and addresses, beside those of loopback, under which the settings say that the facade is reached. */
export function servedHosts({
  host,
  hosts,
  publicUrl,
}: Pick<Settings, "host" | "hosts" | "publicUrl">): readonly string[] {
  const names = [host, ...hosts, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** The same as a certificate has them. An address that means all addresses is left out. */
export function servedNames(settings: Pick<Settings, "host" | "hosts" | "publicUrl">): readonly string[] {
  return servedHosts(settings)
    .map((name) => name.replace(/%.*$/, "").replace(/^\[(.*)\]$/, "$1"))
    .filter((name) => name !== "0.0.0.0" && name !== "::");
}
