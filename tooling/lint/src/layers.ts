// The lint plugin `layers`: inside a package, imports point from higher folders to lower ones.
import { dirname, posix, relative, resolve, sep } from "node:path";

/** Folders from the lowest to the highest. `.` is the files of `src` that are not named. */
type Sequence = readonly (string | Parallel)[];

/** Sequences side by side: a folder of one must not import from another. */
type Parallel = readonly Sequence[];

/** For each `src` folder its layers. */
type Layers = Readonly<Record<string, Sequence>>;

/** The parts of ESLint's rule context that the rule uses; oxlint passes the same. */
interface RuleContext {
  readonly cwd: string;
  readonly filename: string;
  readonly options: readonly Layers[];
  report(fault: { readonly node: object; readonly message: string }): void;
}

interface ImportNode {
  readonly source?: { readonly type: string; readonly value?: unknown } | null;
}

/** Reports an import of a folder that is not below the importing file's own, and a folder without a place. */
const order = {
  meta: { type: "problem", schema: [{ type: "object" }] },
  create(context: RuleContext): Record<string, (node: ImportNode) => void> {
    const [layers = {}] = context.options;
    const file = toPosix(relative(context.cwd, context.filename));
    const source = Object.keys(layers).find((folder) => file.startsWith(`${folder}/`));
    const sequence = source === undefined ? undefined : layers[source];
    if (source === undefined || sequence === undefined || isTest(file)) return {};
    const from = placeOf(file.slice(source.length + 1), sequence);

    const check = (node: ImportNode): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
      const target = toPosix(relative(context.cwd, resolve(dirname(context.filename), specifier)));
      if (!target.startsWith(`${source}/`)) return;
      const path = target.slice(source.length + 1);
      const to = placeOf(path, sequence);
      if (from === undefined || to === undefined) {
        const unknown = posix.dirname(from === undefined ? file.slice(source.length + 1) : path);
        context.report({
          node,
          message: `Give ${source}/${unknown} a place among the layers of .oxlintrc.json.`,
        });
        return;
      }
      const relation = relationOf(from.indices, to.indices);
      if (relation === "below") return;
      context.report({
        node,
        message: `${from.name} is ${relation} ${to.name} and must not import from it (${path}).`,
      });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

interface Place {
  readonly name: string;
  /** In turn the index in a sequence and the index of a branch, down to the folder. */
  readonly indices: readonly number[];
}

/** The place of a file; a subfolder without a place of its own belongs to the folder above it. */
function placeOf(path: string, sequence: Sequence): Place | undefined {
  const names = [path];
  for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) names.push(folder);
  if (names.length === 1) names.push(".");
  for (const name of names) {
    const indices = find(name, sequence);
    if (indices !== undefined) return { name, indices };
  }
  return undefined;
}

function find(name: string, sequence: Sequence): readonly number[] | undefined {
  for (const [index, layer] of sequence.entries()) {
    if (typeof layer === "string") {
      if (layer === name) return [index];
      continue;
    }
    for (const [branch, inner] of layer.entries()) {
      const indices = find(name, inner);
      if (indices !== undefined) return [index, branch, ...indices];
    }
  }
  return undefined;
}

/** Whether the target may be imported: it is below, or the same folder. Otherwise, where the importing folder is. */
function relationOf(from: readonly number[], to: readonly number[]): "below" | "lower than" | "beside" {
  const at = from.findIndex((index, depth) => index !== to[depth]);
  if (at === -1) return "below";
  if (at % 2 === 1) return "beside";
  return (to[at] ?? 0) < (from[at] ?? 0) ? "below" : "lower than";
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}

function toPosix(path: string): string {
  return path.split(sep).join("/");
}

// oxlint takes a plugin as the default export.
export default { meta: { name: "layers" }, rules: { order } };
