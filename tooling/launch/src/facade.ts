// pnpm facade ARGS…: the facade from its sources. What it tells a person to run is called as this was.
import { pathToFileURL } from "node:url";
import { facadeProgram } from "./project.ts";
import { sourceCall } from "./script-call.ts";

process.env["INSTALL_SUMMARY_FACADE_PROGRAM"] ??= sourceCall("facade");
await import(pathToFileURL(facadeProgram).href);
