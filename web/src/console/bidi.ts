/**
 * Keeps a name to itself within a sentence: what it says of the direction to read in ends with it.
 * Where there is markup, `<bdi>` does the same.
 */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
