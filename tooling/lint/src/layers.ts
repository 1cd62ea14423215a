// The lint plugin `layers`: inside a package, imports point from higher folders to lower ones.
import { dirname, posix, relative, resolve, sep } from "node:path";

/** For each `src` folder its folders from the lowest to the highest; `.` is the files of `src` that are not named. */
type Layers = Readonly<Record<string, readonly string[]>>;

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
    const folders = source === undefined ? undefined : layers[source];
    if (source === undefined || folders === undefined || isTest(file)) return {};
    const place = placeOf(file.slice(source.length + 1), folders);

    const check = (node: ImportNode): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
      const target = toPosix(relative(context.cwd, resolve(dirname(context.filename), specifier)));
      if (!target.startsWith(`${source}/`)) return;
      const path = target.slice(source.length + 1);
      const targetPlace = placeOf(path, folders);
      if (place === -1 || targetPlace === -1) {
        const unknown = posix.dirname(place === -1 ? file.slice(source.length + 1) : path);
        context.report({
          node,
          message: `Give ${source}/${unknown} a place among the layers of .oxlintrc.json.`,
        });
      } else if (targetPlace > place) {
        const message = `${folders[place]} is below ${folders[targetPlace]} and must not import from it (${path}).`;
        context.report({ node, message });
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** The index of the layer that holds a file; a subfolder without a layer of its own belongs to the folder above it. */
function placeOf(path: string, folders: readonly string[]): number {
  if (folders.includes(path)) return folders.indexOf(path);
  if (!path.includes("/")) return folders.indexOf(".");
  for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) {
    const place = folders.indexOf(folder);
    if (place !== -1) return place;
  }
  return -1;
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}

function toPosix(path: string): string {
  return path.split(sep).join("/");
}

// oxlint takes a plugin as the default export.
export default { meta: { name: "layers" }, rules: { order } };
