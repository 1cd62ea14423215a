import { context } from "esbuild";
import { bundleOptions } from "./bundle-options.ts";

/** Builds a program now and after every change of its sources, and says each time what is wrong with them. */
export async function watchBundle(
  entry: string,
  outdir: string,
  name: string,
  built: (errors: readonly string[]) => void,
): Promise<{ stop(): Promise<void> }> {
  const watched = await context({
    ...bundleOptions({ modules: { [name]: entry }, outdir }),
    minify: false,
    logLevel: "silent",
    plugins: [
      {
        name: "built",
        setup(build) {
          build.onEnd(({ errors }) => {
            built(
              errors.map(
                ({ location, text }) => `${location?.file ?? entry}:${location?.line ?? 1}: ${text}`,
              ),
            );
          });
        },
      },
    ],
  });
  await watched.watch();
  return { stop: () => watched.dispose() };
}
