import { editPackage, replaceOnce } from "./edit-package.ts";

/**
 * Has Yoga, which lays out Ink's frames, take the code that is inside its module straight from there. It would fetch it from a
 * `data:` URL, which takes Node longer than to compile it.
 */
export const yogaBytes = editPackage({
  name: "Yoga's bytes",
  file: "yoga-layout/dist/binaries/yoga-wasm-base64-esm.js",
  edit: (text) =>
    replaceOnce(
      text,
      'return w||"function"!=typeof fetch?',
      'w||=Buffer.from(H.slice(H.indexOf(",")+1),"base64");return w?',
    ),
});
