/** What models and suppliers are found by, besides their descriptions. */
export interface Called {
  name: string;
  displayName?: string | null | undefined;
  aliases?: readonly { alias: string }[];
}

export interface CalledModel extends Called {
  releasedOn?: string | null | undefined;
  supplier: Called;
}

/** How well somebody is called so: the less, the better. */
const EXACTLY = 0;
const BEGINS = 1;
const HOLDS = 2;
const ELSEWHERE = 3;

/** `claude-sonnet-4` is what somebody means who types `Claude Sonnet 4`. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s\-_./:@]+/g, ' ')
    .trim();
}

function closeness(called: Called, text: string): number {
  const sought = plain(text);
  if (sought === '') {
    return HOLDS;
  }
  const names = [
    called.name,
    called.displayName ?? '',
    ...(called.aliases ?? []).map(({ alias }) => alias),
  ].map(plain);
  if (names.includes(sought)) {
    return EXACTLY;
  }
  if (names.some((name) => name.startsWith(sought))) {
    return BEGINS;
  }
  const all = names.join(' ');
  return sought.split(' ').every((word) => all.includes(word)) ? HOLDS : ELSEWHERE;
}

export function beginsWith(called: Called, text: string): boolean {
  return closeness(called, text) <= BEGINS;
}

/** Who makes models, as far as others' names for them tell: `openai/gpt-5` is by `openai`. */
function makersOf(models: readonly CalledModel[]): Set<string> {
  return new Set(
    models.flatMap(({ name, supplier }) => {
      const [maker] = name.match(/^[^/.]+(?=[/.])/) ?? [];
      return maker !== undefined && maker !== supplier.name ? [maker] : [];
    }),
  );
}

const labelOf = ({ name, displayName }: Called) => displayName ?? name;

function byLabel(one: Called, other: Called): number {
  const [a, b] = [labelOf(one), labelOf(other)];
  return a.length - b.length || a.localeCompare(b, 'en', { numeric: true });
}

/** Each once: those first that are called so, of these their makers' own, of these the newest. */
export function rankModels<T extends CalledModel & { id: string }>(
  models: readonly T[],
  text: string,
): T[] {
  const makers = makersOf(models);
  const ranks = new Map(
    models.map((model) => [
      model.id,
      {
        model,
        closeness: closeness(model, text),
        others: makers.has(model.supplier.name) ? 0 : 1,
        releasedOn: model.releasedOn ?? '',
      },
    ]),
  );
  return [...ranks.values()]
    .sort(
      (one, other) =>
        one.closeness - other.closeness ||
        one.others - other.others ||
        other.releasedOn.localeCompare(one.releasedOn) ||
        byLabel(one.model, other.model),
    )
    .map(({ model }) => model);
}

/** Each once: those first that are called so. */
export function rankSuppliers<T extends Called & { id: string }>(
  suppliers: readonly T[],
  text: string,
): T[] {
  const each = new Map(suppliers.map((supplier) => [supplier.id, supplier]));
  return [...each.values()].sort(
    (one, other) => closeness(one, text) - closeness(other, text) || byLabel(one, other),
  );
}
