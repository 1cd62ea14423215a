export { callerFolder } from "./caller-folder.ts";
export { endProcess } from "./end-process.ts";
export { withHelp, withProgramHelp } from "./help/with-help.ts";
export { parseSwitch } from "./parse-switch.ts";
export { programCall } from "./program-call.ts";
export { runProgram, type Program, type ProgramContext } from "./run-program.ts";
export { runReported, type Reporter } from "./run-reported.ts";
export { stopSignal } from "./stop-signal.ts";
