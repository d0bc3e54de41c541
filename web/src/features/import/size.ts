const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const;

/** How large a file is, as the server counts: 1.5 MiB. */
export function writeSize(bytes: number, number: (value: number) => string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${number(Number(value.toFixed(digits)))} ${UNITS[unit]}`;
}
