const SHOWN = 600;
/** Folding less than this would save nothing. */
const LEAST_FOLDED = 200;

/** The beginning of a text, without half a character at its end. */
export function beginningOf(text: string): string {
  return text.length <= SHOWN + LEAST_FOLDED
    ? text
    : text.slice(0, SHOWN).replace(/[\ud800-\udbff]$/, '');
}
