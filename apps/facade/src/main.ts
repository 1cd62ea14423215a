import { callerFolder, endProcess, programCall, runProgram, stopSignal } from "@install-summary/command-line";
import packageJson from "../package.json" with { type: "json" };
import { routes } from "./commands/routes.ts";

const { env } = process;
let stopped: AbortSignal | undefined;

const exit = await runProgram(
  {
    name: "install-summary-facade",
    call: programCall(env, "install-summary-facade"),
    version: packageJson.version,
    routes,
    context: (base) => ({
      ...base,
      env,
      folder: callerFolder(env, process.cwd()),
      stdin: () => process.stdin,
      stderr: process.stderr,
      isTerminal: process.stdout.isTTY,
      stopSignal: () => (stopped ??= stopSignal({ signals: ["SIGINT", "SIGTERM", "SIGHUP"] })),
    }),
    stopped: () => stopped,
    loadDescribe: async () => (await import("./commands/describe-failure.ts")).describeFailure,
  },
  process,
);
endProcess(exit);
