/** One or two characters that stand for a name where others have a logo. */
export function initialsOf(name: string): string {
  // Of a name in two languages, such as `MiniMax · 稀宇科技`, the first.
  const words = (name.split('·')[0] ?? name).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const [first = '?', second] = words;
  // A Chinese name's first character says enough.
  if (/^\p{Script=Han}/u.test(first)) {
    return [...first][0] ?? '?';
  }
  const letters = second ? [[...first][0], [...second][0]] : [...first].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** The hue of a name's mark: always the same for the same name. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) {
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360;
  }
  return sum;
}
