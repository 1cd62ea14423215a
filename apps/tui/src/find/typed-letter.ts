/** Whether a sign of a name is a letter that was typed, in either case. */
export type LetterTest = (sign: string) => boolean;

/** The same answers as an expression of the letter gives, faster for the signs that most names are made of. */
export function letterTest(letter: string): LetterTest {
  const lower = letter.toLowerCase();
  const upper = letter.toUpperCase();
  const expression = new RegExp(`^${letter}$`, "iu");
  if (/^[a-z\d']$/.test(lower))
    return (sign) => sign === lower || sign === upper || (sign > "\u007F" && expression.test(sign));
  return (sign) => expression.test(sign);
}
