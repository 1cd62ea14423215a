import { runCommandLine } from "./commands/command-line.ts";

const { argv, env, stdout, stderr } = process;

// Whoever reads the output may stop reading, as `head` does, and a terminal may be closed; that is no failure of ours.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}

process.exitCode = await runCommandLine(argv.slice(2), {
  process: { stdout, stderr },
  env,
  // Package scripts run in their package's folder; the person typed elsewhere.
  folder: env["INIT_CWD"] ?? process.cwd(),
  untilStopped,
});

/** Resolves at the first SIGTERM, Ctrl-C, or end of the terminal. The second one ends the process at once, and so do ten seconds. */
function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isStopping = false;
  for (const [signal, exit] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(exit);
      isStopping = true;
      setTimeout(() => process.exit(1), 10_000).unref();
      resolve();
    });
  }
  return promise;
}
