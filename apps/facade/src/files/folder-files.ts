import { randomUUID } from "node:crypto";

/** The names of the files that a facade makes in its data folder, beside those of the store. */
export const folderFiles = {
  lock: "serve.lock",
  developmentKey: "development-key.pem",
  /** The certificate of the local authority, for clients to trust. */
  authority: "ca.pem",
  authorityKey: "ca-key.pem",
  /** The local certificate with its key. */
  certificate: "https.pem",
} as const;

/** The name of a file in which an import holds the rows of a report. */
export function stagingName(): string {
  return `import-${randomUUID()}.db`;
}

/** Whether a name is that of such a file. */
export function isStagingName(name: string): boolean {
  return /^import-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.db$/.test(name);
}
