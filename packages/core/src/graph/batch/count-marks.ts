/**
 * How many commas and opening brackets a text of JSON has outside its strings: about as many as values, at far less cost than
 * to parse it.
 */
export function countMarks(json: string): number {
  let marks = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === '"') isText = !isText;
    else if (sign === "\\") at += 1;
    else if (!isText && (sign === "," || sign === "[" || sign === "{")) marks += 1;
  }
  return marks;
}
