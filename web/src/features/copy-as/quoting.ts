// How texts and values are written in other languages. What can't be seen in an editor, such as marks
// that turn the direction of writing, is written by its number in each of them.

const UNSEEN = /(?![\t\n\u{10000}-\u{10ffff}])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const byNumber = (character: string) =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** JSON is written alike in JSON, JavaScript and, for its texts, in Python. */
export const jsonText = (value: unknown, indent = 2): string =>
  (JSON.stringify(value, null, indent) ?? 'null').replace(UNSEEN, byNumber);

/** Within single quotes a shell reads nothing but their end. */
export const shellText = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Between backticks, over several lines. */
export const templateText = (text: string): string =>
  `\`\n${text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&').replace(UNSEEN, byNumber)}\n\``;

/** Between three quotes, over several lines. */
export const pythonText = (text: string): string =>
  `"""\n${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"""', '\\"\\"\\"')
    .replace(UNSEEN, byNumber)}\n"""`;

export function pythonValue(value: unknown, indent = ''): string {
  if (value === null || value === undefined) {
    return 'None';
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (typeof value !== 'object') {
    return jsonText(value);
  }
  const inner = `${indent}    `;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((each) => pythonValue(each, inner))]
    : [
        '{',
        '}',
        Object.entries(value).map(([key, each]) => `${jsonText(key)}: ${pythonValue(each, inner)}`),
      ];
  return parts.length === 0
    ? open + close
    : `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

/** As it is between `r#"` and `"#`, with as many `#` as it takes; what may not stand there, in a text with escapes. */
export function rustText(text: string): string {
  if (text.search(UNSEEN) >= 0) {
    const escaped = text
      .replaceAll(/[\\"]/g, '\\$&')
      .replaceAll('\n', '\\n')
      .replaceAll('\t', '\\t')
      .replace(UNSEEN, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);
    return `"${escaped}"`;
  }
  const ends = [...text.matchAll(/"(#*)/g)].map(([, marks = '']) => marks.length + 1);
  const marks = '#'.repeat(Math.max(1, ...ends));
  return `r${marks}"${text}"${marks}`;
}
