import type { DeprecationRow } from './documents.ts';
import type { Window } from './search.ts';

type Step = DeprecationRow['steps'][number];

/** What happens to one model on one day. */
export interface Item extends Step {
  model: DeprecationRow['model'];
  successor: DeprecationRow['successor'];
}

export interface Calendar {
  /** Retired by now, and yet switched on or a default. */
  overdue: Item[];
  months: { month: string; items: Item[] }[];
  past: { month: string; items: Item[] }[];
}

const FURTHEST = '2999-12-31';

/** The first day that is no longer looked at: months count whole, from the next one on. */
export function endOf(window: Window, today: string): string {
  if (window === 'all') {
    return FURTHEST;
  }
  const [year = 0, month = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month + Number(window), 1)).toISOString().slice(0, 10);
}

/** Days as the server counts them. */
export const todayIs = (): string => new Date().toISOString().slice(0, 10);

function byMonth(items: readonly Item[]): Calendar['months'] {
  const months = new Map<string, Item[]>();
  for (const item of items) {
    const month = item.on.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), item]);
  }
  return [...months].map(([month, found]) => ({ month, items: found }));
}

const byDay = (a: Item, b: Item) =>
  a.on.localeCompare(b.on) || a.model.name.localeCompare(b.model.name);

export function calendarOf(rows: readonly DeprecationRow[], today: string, end: string): Calendar {
  const items = rows
    .flatMap(({ model, successor, steps }) => steps.map((step) => ({ ...step, model, successor })))
    .filter(({ on }) => on < end)
    .sort(byDay);
  return {
    overdue: items.filter(
      ({ stage, on, model }) =>
        stage === 'RETIRED' && on <= today && (model.isActive || model.isDefault),
    ),
    months: byMonth(items.filter(({ on }) => on >= today)),
    past: byMonth(items.filter(({ on }) => on < today)).reverse(),
  };
}

const shown = (object: { name: string; displayName?: string | null | undefined }) =>
  object.displayName ?? object.name;

/** A line of a file: names as the schema has them. */
export function recordOf({ on, stage, inEffect, model, successor }: Item) {
  return {
    on,
    stage,
    inEffect,
    supplier: model.supplier.name,
    model: model.name,
    displayName: shown(model),
    isActive: model.isActive,
    isDefault: model.isDefault,
    successorSupplier: successor?.supplier.name ?? null,
    successor: successor?.name ?? null,
  };
}
