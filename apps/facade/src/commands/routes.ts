import { withProgramHelp } from "@install-summary/command-line";
import { buildRouteMap } from "@stricli/core";
import { backupCommand } from "./backup-command.ts";
import type { CommandContext } from "./command-context.ts";
import { configCommand } from "./config-command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { eraseCommand } from "./erase-command.ts";
import { exportCommand } from "./export-command.ts";
import { healthCommand } from "./health-command.ts";
import { importCommand } from "./import-command.ts";
import { restoreCommand } from "./restore-command.ts";
import { serveCommand } from "./serve-command.ts";
import { tokenCommand } from "./token-command.ts";

/** The commands of `install-summary-facade`. */
export const routes = withProgramHelp<CommandContext>(
  buildRouteMap({
    routes: {
      serve: serveCommand,
      token: tokenCommand,
      import: importCommand,
      export: exportCommand,
      backup: backupCommand,
      restore: restoreCommand,
      erase: eraseCommand,
      config: configCommand,
      doctor: doctorCommand,
      health: healthCommand,
    },
    docs: { brief: "Serve the install summaries of Intune apps over Microsoft Graph's own contract" },
  }),
  {
    usage: ["COMMAND [OPTIONS]"],
    text: [],
    examples: [
      { does: "Import apps from a report of Intune", line: "import report.csv" },
      { does: "Serve them on http://127.0.0.1:8420/beta", line: "serve" },
      { does: "Print a token for requests", line: "token" },
    ],
    sections: [
      {
        title: "Environment",
        rows: [
          [
            "INSTALL_SUMMARY_…",
            "every setting has a variable, such as INSTALL_SUMMARY_PORT; help serve lists them",
          ],
        ],
      },
      {
        title: "Pages",
        rows: [["docs/README.md", "in the package: where to find what an operator asks"]],
      },
      {
        title: "Exit codes",
        rows: [
          ["0", "done; serve was stopped"],
          ["1", "a bug of this program, or output that cannot be written"],
          ["2", "the command line or a setting, an unusable folder or store, a port in use"],
          ["4", "export, erase: the store has no such tenant"],
          ["6", "import, restore: the file is refused, and nothing of it is in the store"],
          ["7", "the store fails; doctor: no keys of Entra ID; health: no response"],
          ["8", "import: some rows are rejected, the others are imported"],
          ["130", "stopped by Ctrl-C (143: by SIGTERM, 129: by the end of its terminal); serve: 0"],
        ],
      },
    ],
  },
);
