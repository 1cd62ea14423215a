// turbo ARGS…: turbo as the scripts of the root call it, without telemetry; turbo.json has no setting for that.
import { spawnSync } from "node:child_process";
import { turboProgram, untracked } from "./project.ts";

const args = [turboProgram, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { env: untracked, stdio: "inherit" });
process.exitCode = status ?? 1;
