import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Which server and database, and as whom. */
export interface PsqlTarget {
  /** The file of psql. */
  readonly program: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
}

/** Runs SQL and resolves to what it prints, columns apart by `|`. Rejects with what PostgreSQL says. */
export async function psql(target: PsqlTarget, sql: string): Promise<string> {
  const { program, port, database, username, password } = target;
  const where = ["-h", "127.0.0.1", "-p", String(port), "-U", username, database];
  const args = ["-AtXq", "-v", "ON_ERROR_STOP=1", "-c", sql, ...where];
  const env = { ...process.env, PGPASSWORD: password };
  const { stdout } = await promisify(execFile)(program, args, { env });
  return stdout.trim();
}
