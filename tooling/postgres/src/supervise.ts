import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { serverAccount } from "./account.ts";

/** A PostgreSQL server that runs. */
export interface RunningServer {
  /** The process id of the server itself. */
  readonly pid: number;
  /** Resolves once the server has ended; until then this process goes on. */
  whenEnded(): Promise<unknown>;
  /** The last lines of its log. */
  log(): string;
}

/** Which server is run. */
export interface RunOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder that is removed where this process dies before the server. */
  readonly folder: string;
}

/**
 * The server ends with the process that started it, however that one ends: then the pipe is closed, and a shell stops the
 * server at once and removes its folder.
 */
const script = `
exec 3<&0
"$@" &
server=$!
echo "server $server"
( cat <&3 >/dev/null; : >"$FOLDER/orphaned"; kill -QUIT $server; kill -CONT $server ) 2>/dev/null &
watcher=$!
wait $server
kill $watcher 2>/dev/null
if [ -e "$FOLDER/orphaned" ]; then rm -rf "$FOLDER"; fi
`;

const maxLines = 200;

/** Runs a server and resolves once it accepts connections. Rejects with its log where it ends before. */
export async function runServer({ program, args, folder }: RunOptions): Promise<RunningServer> {
  const shell = spawn("/bin/sh", ["-c", script, "sh", program, ...args], {
    ...serverAccount,
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC", FOLDER: folder },
  });
  shell.stdin.on("error", () => undefined);
  const lines: string[] = [];
  const { promise: pid, resolve: foundPid } = Promise.withResolvers<number>();
  const { promise: ready, resolve: isReady } = Promise.withResolvers<true>();
  createInterface(shell.stdout).on("line", (line) => {
    const [, found] = /^server (\d+)$/.exec(line) ?? [];
    if (found !== undefined) foundPid(Number(found));
  });
  createInterface(shell.stderr).on("line", (line) => {
    lines.push(line);
    if (lines.length > maxLines) lines.shift();
    // A standby says so of read-only connections.
    if (/database system is ready to accept/.test(line)) isReady(true);
  });
  const ended = once(shell, "exit");
  const started = await Promise.race([ready, ended.then(() => false)]);
  if (!started) throw new Error(`PostgreSQL did not start:\n${lines.join("\n")}`);
  release(shell);
  return {
    pid: await pid,
    whenEnded() {
      shell.ref();
      return ended;
    },
    log: () => lines.join("\n"),
  };
}

/** A server that was left running does not keep this process alive; it ends with it. */
function release(shell: ChildProcess): void {
  shell.unref();
  for (const stream of [shell.stdin, shell.stdout, shell.stderr]) {
    if (stream !== null && "unref" in stream && typeof stream.unref === "function") stream.unref();
  }
}
