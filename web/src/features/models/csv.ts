type Cell = string | number | boolean | null | readonly string[];

/** What a spreadsheet would run as a formula, if a text began with it. */
const FORMULA = /^[=+\-@\t\r]/;

function written(cell: Cell): string {
  if (cell === null) {
    return '';
  }
  const text = Array.isArray(cell) ? cell.join(' ') : String(cell);
  const harmless = typeof cell !== 'number' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A table as RFC 4180 has it, with a byte order mark, without which Excel takes it for no UTF-8. */
export function toCsv<Name extends string>(
  names: readonly Name[],
  records: readonly Record<Name, Cell>[],
): string {
  const lines = [
    names.join(','),
    ...records.map((record) => names.map((name) => written(record[name])).join(',')),
  ];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
