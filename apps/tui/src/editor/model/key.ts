/**
 * Whether a key is text. Named keys, such as `up`, `enter` and `ctrl-r`, are words of several ASCII letters; text
 * comes as one grapheme.
 */
export function isText(key: string): boolean {
  return !/^[a-z][A-Za-z-]+$/.test(key) && !/^\p{C}$/u.test(key);
}
