import { JsonTextError, parseExactJson, type JsonTextReason } from "@install-summary/core/text";

/**
 * Parses the JSON of a file that a person may have edited. Nothing of it is dropped without a word: a name that an object has
 * twice is a fault, and a number that would be rounded is refused, as `parseExactJson` says. `faultOf` makes the error to
 * throw; it gets a part of a sentence that says why and where.
 */
export function parseEditedJson(text: string, faultOf: (why: string) => Error): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw faultOf(`${beginnings[error.reason]}${error.message.replace(/\.$/, "")}`);
  }
}

const beginnings: Readonly<Record<JsonTextReason, string>> = {
  syntax: "it is not JSON: ",
  depth: "it is nested too deeply: ",
  duplicate: "",
};
