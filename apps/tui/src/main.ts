import { isForEditor } from "./commands/global-options.ts";
import { keepCompiled } from "./keep-compiled.ts";

await keepCompiled();
// The editor and the commands are built apart and share no file, so that each loads what it needs at once: see build.ts.
if (isForEditor(process.argv.slice(2))) await import("./open-editor.ts");
else await import("./run-commands.ts");
