import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { succeed } from "./run.ts";

/** Builds images without a daemon and without a registry, in a folder of its own. */
export interface ImageBuilder {
  /** Makes a base image of this machine's Node, a shell and `install`, with the libraries that they need. */
  makeBase(name: string): Promise<void>;
  /** Builds an image as `docker build` does, and returns what `inspect` says of it. */
  build(options: {
    readonly name: string;
    readonly base: string;
    readonly containerfile: string;
    readonly context: string;
  }): Promise<unknown>;
  /** Makes the file system of an image's container. Resolves to its folder. */
  mount(image: string): Promise<string>;
  /** Removes what was built. */
  remove(): Promise<void>;
}

/** Uses `buildah`, which must be installed, and may need to run as root. */
export function createImageBuilder(folder: string): ImageBuilder {
  const storage = ["--root", join(folder, "images"), "--runroot", join(folder, "run")];
  const env = { ...process.env, STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot" };
  const buildah = async (...args: readonly string[]): Promise<string> =>
    (await succeed("buildah", [...storage, ...args], { env })).trim();
  return {
    async makeBase(name) {
      const files = join(folder, "base");
      const programs = {
        [process.execPath]: "/usr/bin/node",
        "/bin/sh": "/bin/sh",
        "/usr/bin/install": "/usr/bin/install",
      };
      for (const [from, to] of Object.entries(programs)) await copyProgram(from, files, to);
      const container = await buildah("from", "scratch");
      await buildah("add", "--quiet", container, files, "/");
      await buildah("config", "--env", "PATH=/usr/bin:/bin", container);
      await buildah("commit", "--quiet", "--rm", container, name);
    },
    async build({ name, base, containerfile, context }) {
      await buildah(
        "build",
        "--quiet",
        "--format=docker",
        `--build-arg=BASE=${base}`,
        "--tag",
        name,
        "--file",
        containerfile,
        context,
      );
      return JSON.parse(await buildah("inspect", "--type=image", name));
    },
    mount: async (image) => buildah("mount", await buildah("from", image)),
    async remove() {
      await buildah("rm", "--all");
      await buildah("rmi", "--all", "--force");
    },
  };
}

/** Copies a program with the libraries that it is linked with to where it looks for them. */
async function copyProgram(from: string, root: string, to: string): Promise<void> {
  const libraries = (await succeed("ldd", [from])).match(/\/[^ )]+/g) ?? [];
  for (const [source, target] of [
    [from, to],
    ...libraries.map((library) => [library, library] as const),
  ] as const) {
    await mkdir(join(root, dirname(target)), { recursive: true });
    await cp(source, join(root, target), { dereference: true });
  }
}
