// The entry `@install-summary/command-line/text`: texts that people hand over in files.
export { decodeText } from "./decode-text.ts";
