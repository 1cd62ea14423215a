// pnpm tui ARGS…: the editor and its commands from their sources, by default as the developer of the facade in .data.
import { callerFolder } from "@install-summary/command-line";
import { pathToFileURL } from "node:url";
import { register } from "tsx/esm/api";
import { developmentTokenCommand } from "./development-token-command.ts";
import { editorSource, editorTsconfig } from "./project.ts";
import { sourceCall } from "./script-call.ts";

const { env } = process;
env["INSTALL_SUMMARY_LOCAL_TOKEN_COMMAND"] ??= developmentTokenCommand;
env["INSTALL_SUMMARY_PROGRAM"] ??= sourceCall("tui", env);
env["INSTALL_SUMMARY_FACADE_PROGRAM"] ??= sourceCall("facade", env);
// pnpm runs this in the workspace's root; paths begin in the folder where they were typed.
process.chdir(callerFolder(env, process.cwd()));
// It says how JSX is read.
register({ tsconfig: editorTsconfig });
await import(pathToFileURL(editorSource).href);
