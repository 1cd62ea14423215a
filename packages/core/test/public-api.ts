import { readFile } from "node:fs/promises";
import * as z from "zod";

// The public API as one text: the exports of each entry as the built declarations have them, and the declarations of
// other modules that they use.

/** One module of the built declarations. */
interface Module {
  /** Its declarations, without comments. */
  readonly declarations: ReadonlyMap<string, string>;
  /** The names of declarations with a doc comment. */
  readonly documented: ReadonlySet<string>;
  /** The imported names: the name in the other module, and its URL. */
  readonly imports: ReadonlyMap<string, Reference>;
}

interface Reference {
  readonly url: string;
  readonly name: string;
}

const packageUrl = new URL("../package.json", import.meta.url);
const packageSchema = z.object({
  exports: z.record(z.string(), z.union([z.string(), z.object({ types: z.string() })])),
});

export interface PublicApi {
  readonly text: string;
  /** The exports without a doc comment. */
  readonly undocumented: readonly string[];
}

/** Reads the exports of the built package, entry by entry. */
export async function readPublicApi(): Promise<PublicApi> {
  const { exports } = packageSchema.parse(JSON.parse(await readFile(packageUrl, "utf8")));
  const entries = Object.entries(exports).flatMap(([path, target]) =>
    typeof target === "string" ? [] : [[path, new URL(target.types, packageUrl).href] as const],
  );
  const modules = new Map<string, Promise<Module>>();
  const sections: string[] = [];
  const shown = new Set<string>();
  const undocumented: string[] = [];
  for (const [path, url] of entries) {
    const { imports } = await open(url);
    const exported = await Promise.all([...imports.values()].map(find));
    for (const { key, url: declaredAt, name } of exported) {
      shown.add(key);
      if (!(await open(declaredAt)).documented.has(name)) undocumented.push(name);
    }
    const reached = await reach(exported);
    sections.push(
      `${path.replace(".", "@install-summary/core")}\n`,
      ...texts(exported),
      ...(reached.length === 0 ? [] : ["Not exported, but used above:\n", ...texts(reached)]),
    );
  }
  return { text: sections.join("\n"), undocumented };

  /** The declarations that others use and no earlier entry has shown. */
  async function reach(from: readonly Found[]): Promise<readonly Found[]> {
    const reached: Found[] = [];
    for (const { url, text } of from) {
      const { declarations, imports } = await open(url);
      for (const name of new Set(text.match(/[A-Za-z_$][\w$]*/g))) {
        if (!declarations.has(name) && !imports.has(name)) continue;
        const found = await find(imports.get(name) ?? { url, name });
        if (shown.has(found.key)) continue;
        shown.add(found.key);
        reached.push(found, ...(await reach([found])));
      }
    }
    return reached;
  }

  async function find({ url, name }: Reference): Promise<Found> {
    const { declarations, imports } = await open(url);
    const text = declarations.get(name);
    if (text !== undefined) return { key: `${url}#${name}`, url, name, text };
    const elsewhere = imports.get(name);
    if (elsewhere === undefined) throw new Error(`${url} declares no ${name}`);
    return find(elsewhere);
  }

  function open(url: string): Promise<Module> {
    const known = modules.get(url) ?? readModule(url);
    modules.set(url, known);
    return known;
  }
}

interface Found extends Reference {
  readonly key: string;
  readonly text: string;
}

function texts(found: readonly Found[]): readonly string[] {
  return found.toSorted((one, other) => (one.name < other.name ? -1 : 1)).map(({ text }) => `${text}\n`);
}

const declaration = /^(?:export )?(?:declare )?(?:const|function|class|interface|type) ([\w$]+)/m;
const moduleNames = /^(?:import|export)(?: type)? \{(.*)\} from "(\..*)";/s;

async function readModule(url: string): Promise<Module> {
  const text = await readFile(new URL(url), "utf8");
  const declarations = new Map<string, string>();
  const documented = new Set<string>();
  const imports = new Map<string, Reference>();
  // A statement and its comment begin at the start of a line. Their further lines are indented, except for the comments of
  // a union's members.
  for (const statement of text.split(/\n(?=[a-z]|\/\*\*)(?!\/\*\*.*\*\/\n(?: \||[\x22{]))(?<!\*\/\n)/)) {
    const [, names, from] = moduleNames.exec(statement) ?? [];
    for (const item of names?.split(",") ?? []) {
      const [name = "", alias = name] = item
        .trim()
        .replace(/^type /, "")
        .split(" as ");
      if (name !== "")
        imports.set(alias, { name, url: new URL(from?.replace(/\.ts$/, ".d.ts") ?? "", url).href });
    }
    const declared = declaration.exec(statement)?.[1];
    if (declared === undefined) continue;
    if (statement.startsWith("/**")) documented.add(declared);
    const before = declarations.get(declared);
    const code = statement
      .replaceAll(/[ \t]*\/\*\*.*?\*\/\n/gs, "")
      .replaceAll(" \n", "\n")
      .trim();
    declarations.set(declared, before === undefined ? code : `${before}\n${code}`);
  }
  return { declarations, documented, imports };
}
