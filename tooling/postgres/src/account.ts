/** Whose processes and files a server has; empty for those of this process. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, so root gives its processes and files to the user `nobody`, which every system has. */
export const serverAccount: ServerAccount = process.geteuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
