import { visibleText } from "@install-summary/core";
import { StartError, type UnopenedFacade } from "@install-summary/facade";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { sampleTenant } from "./project.ts";

/** A report that is there and can be read; the sample tenant where none is named. */
export interface Report extends AsyncDisposable {
  readonly name: string;
  readonly isSample: boolean;
  readonly stream: () => ReadableStream<Uint8Array>;
}

/** Opens the report before anything else is begun. Throws `StartError` where it cannot be read. */
export async function openReport(path: string | undefined): Promise<Report> {
  const file = await open(path ?? sampleTenant).catch((error: unknown) => {
    throw new StartError(
      `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
  const isFolder = (await file.stat()).isDirectory();
  if (!isFolder) {
    return {
      name: basename(path ?? "the sample tenant"),
      isSample: path === undefined,
      stream: () => Readable.toWeb(file.createReadStream({ autoClose: false })),
      [Symbol.asyncDispose]: () => file.close(),
    };
  }
  await file.close();
  throw new StartError(`The file cannot be read: ${path} is a folder.`);
}

/** Fills an empty store with the report and says what it did; apps that are there already stay as they are. */
export async function loadApps(facade: UnopenedFacade, report: Report): Promise<readonly string[]> {
  if (!(await facade.isEmpty())) {
    if (report.isSample) return [];
    return [
      `${report.name} was not read: there are apps already. To add its apps: npx -y pnpm@12 facade import FILE`,
    ];
  }
  const { created, rejected } = await facade.importReport(report.stream(), { actor: "start" });
  const reasons = rejected.map(({ line, column, problem }) => {
    const place = column === undefined ? `line ${line}` : `line ${line}, ${visibleText(column, 64)}`;
    return `${place}: ${visibleText(problem, 1000)}`;
  });
  const apps = created === 1 ? "1 app" : `${created} apps`;
  const rows = rejected.length === 1 ? "1 row was" : `${rejected.length} rows were`;
  const but = rejected.length === 0 ? "" : `, but ${rows} rejected`;
  return [...reasons, `Loaded ${report.name}: ${apps}${but}.`];
}
