import { callerFolder, programCall, runProgram, stopSignal } from "@install-summary/command-line";
import packageJson from "../package.json" with { type: "json" };
import { routes } from "./commands/routes.ts";

const { env } = process;

process.exitCode = await runProgram(
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
      stopSignal: () => stopSignal({ signals: ["SIGINT", "SIGTERM", "SIGHUP"], deadline: 10_000 }),
    }),
    loadDescribe: async () => (await import("./commands/describe-failure.ts")).describeFailure,
  },
  process,
);
