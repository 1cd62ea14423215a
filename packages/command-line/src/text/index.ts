// The entry `@install-summary/command-line/text`: texts that people hand over in files, and signs that terminals show.
export { decodeText } from "./decode-text.ts";
export { parseEditedJson } from "./parse-edited-json.ts";
export { printableJson } from "./printable-json.ts";
export { ownSignsFor, showsUnicode, type OwnSigns } from "./own-signs.ts";
