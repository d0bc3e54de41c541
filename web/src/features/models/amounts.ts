const TOKENS = /^(\d+(?:\.\d+)?)\s*([kmb]?)$/i;
const FACTORS: Record<string, number> = { '': 1, k: 1_000, m: 1_000_000, b: 1_000_000_000 };

/** A count of tokens as people write it: `200000`, `200k`, `1.5M`. Null if it is none. */
export function parseTokens(text: string): number | null {
  const [, digits, suffix] = TOKENS.exec(text.replaceAll(/[,，_]/g, '').trim()) ?? [];
  if (digits === undefined || suffix === undefined) {
    return null;
  }
  return Math.round(Number(digits) * (FACTORS[suffix.toLowerCase()] ?? 1));
}

/** The shortest way to write a count that `parseTokens` reads. */
export function writeTokens(value: number): string {
  if (value >= 1_000_000 && value % 10_000 === 0) {
    return `${value / 1_000_000}M`;
  }
  return value >= 1_000 && value % 100 === 0 ? `${value / 1_000}k` : String(value);
}

/** An amount of money as people write it: `0.25`, `$3`, `.5`. Null if it is none. */
export function parseAmount(text: string): string | null {
  const digits = text.replace(/^\$/, '').trim();
  const written = digits.startsWith('.') ? `0${digits}` : digits.replace(/\.$/, '');
  return /^\d{1,12}(\.\d{1,12})?$/.test(written) ? written : null;
}
