import { execFile } from "node:child_process";
import { chown, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverAccount } from "./account.ts";

/** Where the data of a server is made, and whose it is. */
export interface DataOptions {
  /** The file of `initdb`. */
  readonly initdb: string;
  /** The server's folder. */
  readonly folder: string;
  /** The folder in it that is made. */
  readonly data: string;
  /** The superuser's name and password. */
  readonly user: string;
  readonly password: string;
}

/** Makes the data of a server. It orders texts as people do, so that tests find code that relies on code points. */
export async function makeData({ initdb, folder, data, user, password }: DataOptions): Promise<void> {
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const { uid, gid } = serverAccount;
  if (uid !== undefined && gid !== undefined) {
    await chown(folder, uid, gid);
    await chown(passwordFile, uid, gid);
  }
  const args = ["-D", data, "-U", user, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--no-sync"];
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"];
  await promisify(execFile)(initdb, [...args, ...locale], {
    ...serverAccount,
    env: { LC_ALL: "C", TZ: "UTC" },
  });
}
