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
