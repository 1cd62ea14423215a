/** Whether a text has the form of an app's type. */
export function isAppType(text: string): boolean {
  return /^#microsoft\.graph\.[A-Za-z][A-Za-z0-9]*$/.test(text);
}
