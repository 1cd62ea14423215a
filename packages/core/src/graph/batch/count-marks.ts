/**
 * How many commas and opening brackets a text of JSON has outside its strings: about as many as values, at far less cost than
 * to parse it.
 */
export function countMarks(json: string): number {
  const marksAndQuotes = json.replaceAll(/\\.|[^",[{\\]+/g, "");
  return marksAndQuotes.replaceAll(/"[^"]*"/g, "").length;
}
