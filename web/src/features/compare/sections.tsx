import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Format } from '../../console/format.ts';
import { unitName } from '../../console/unit-name.ts';
import { Stage } from '../models/marks.tsx';
import {
  CategoryCell,
  type Known,
  None,
  type Parameter,
  ParameterCell,
  PriceCell,
  SuccessorCell,
  SupportCell,
  TypeCell,
  Unknown,
} from './cells.tsx';
import { differ, linesOf } from './comparison.ts';
import type { CompareModel, ComparePrice } from './documents.ts';

export interface Row {
  key: string;
  label: string;
  note?: string;
  differs: boolean;
  /** What it says of one of the models. */
  cell: (index: number) => ReactNode;
}

export interface Section {
  key: 'overview' | 'lifecycle' | 'parameters' | 'capabilities' | 'categories' | 'prices';
  rows: readonly Row[];
}

type Models = readonly CompareModel[];

export function createSections(models: Models, t: TFunction, format: Format): Section[] {
  return [
    { key: 'overview', rows: overviewRows(models, t, format) },
    { key: 'lifecycle', rows: lifecycleRows(models, t, format) },
    { key: 'parameters', rows: parameterRows(models, t) },
    { key: 'capabilities', rows: capabilityRows(models, t) },
    { key: 'categories', rows: categoryRows(models, t) },
    { key: 'prices', rows: priceRows(models, t, format) },
  ];
}

interface Fact {
  key: string;
  label: string;
  /** What is compared; nothing is not known. */
  read: (model: CompareModel) => unknown;
  show: (model: CompareModel) => ReactNode;
  /** What nothing means. */
  otherwise?: ReactNode;
}

function factRow(models: Models, { key, label, read, show, otherwise = <Unknown /> }: Fact): Row {
  const values = models.map(read);
  return {
    key,
    label,
    differs: differ(values),
    cell: (index) => {
      const model = models[index];
      return model && values[index] != null ? show(model) : otherwise;
    },
  };
}

type Day = 'releasedOn' | 'knowledgeCutoff' | 'deprecatedOn' | 'retiresOn';

const dayOf = (key: Day, label: string, format: Format): Fact => ({
  key,
  label,
  read: (model) => model[key],
  show: (model) => format.day(model[key] ?? ''),
});

function overviewRows(models: Models, t: TFunction, format: Format): Row[] {
  const facts: Fact[] = [
    {
      key: 'supplier',
      label: t('model.supplier'),
      read: ({ supplier }) => supplier.id,
      show: ({ supplier }) => <bdi>{supplier.displayName ?? supplier.name}</bdi>,
    },
    {
      key: 'type',
      label: t('model.type'),
      read: ({ modelType, subType }) => [modelType, subType],
      show: (model) => <TypeCell model={model} />,
    },
    dayOf('releasedOn', t('model.released'), format),
    dayOf('knowledgeCutoff', t('model.cutoff'), format),
    {
      key: 'description',
      label: t('model.description'),
      read: ({ description }) => description || null,
      show: ({ description }) => (
        <bdi className="compare-text" title={description ?? ''}>
          {description}
        </bdi>
      ),
    },
  ];
  return facts.map((fact) => factRow(models, fact));
}

function lifecycleRows(models: Models, t: TFunction, format: Format): Row[] {
  const facts: Fact[] = [
    {
      key: 'stage',
      label: t('models.columns.stage'),
      read: ({ lifecycleStage }) => lifecycleStage,
      show: ({ lifecycleStage }) => <Stage stage={lifecycleStage} />,
    },
    {
      key: 'active',
      label: t('models.columns.active'),
      read: ({ isActive }) => isActive,
      show: ({ isActive }) => t(isActive ? 'models.yes' : 'models.no'),
    },
    {
      key: 'default',
      label: t('models.flags.default'),
      read: ({ isDefault }) => isDefault,
      show: ({ isDefault }) => t(isDefault ? 'models.yes' : 'models.no'),
    },
    // A day that isn't set is set for no day, not unknown.
    { ...dayOf('deprecatedOn', t('model.deprecatedOn'), format), otherwise: <None /> },
    { ...dayOf('retiresOn', t('model.retiresOn'), format), otherwise: <None /> },
    {
      key: 'successor',
      label: t('model.successor'),
      read: ({ successor }) => successor?.id,
      show: (model) => <SuccessorCell model={model} />,
      otherwise: <None />,
    },
  ];
  return facts.map((fact) => factRow(models, fact));
}

/** What is asked for most stands first. */
const LIMITS = ['context_window', 'max_input_tokens', 'max_output_tokens'];

function parameterRows(models: Models, t: TFunction): Row[] {
  const rank = (name: string) => (LIMITS.includes(name) ? LIMITS.indexOf(name) : LIMITS.length);
  const titles: Record<string, string> = {
    context_window: t('model.context'),
    max_output_tokens: t('model.maxOutput'),
  };
  return linesOf<CompareModel, Parameter>(
    models,
    ({ parameters }) => parameters,
    ({ name }) => name,
    (one, other) => rank(one) - rank(other) || one.localeCompare(other),
  ).map(({ key, values }) => ({
    key,
    label: titles[key] ?? key,
    ...(titles[key] ? { note: key } : {}),
    differs: differ(
      values.map((each) => each && [each.value, each.minimum, each.maximum, each.allowedValues]),
    ),
    cell: (index) => <ParameterCell parameter={values[index]} />,
  }));
}

function capabilityRows(models: Models, t: TFunction): Row[] {
  const titles = new Map(
    models.flatMap(({ capabilities }) =>
      capabilities.map(({ capability }) => [capability.id, capability.displayName] as const),
    ),
  );
  const title = (id: string) => titles.get(id) ?? t('models.unknown');
  return linesOf<CompareModel, Known>(
    models,
    ({ capabilities }) => capabilities,
    ({ capability }) => capability.id,
    (one, other) => title(one).localeCompare(title(other)),
  ).map(({ key, values }) => ({
    key,
    label: title(key),
    differs: differ(values.map((known) => known && [known.support, known.config])),
    cell: (index) => <SupportCell known={values[index]} />,
  }));
}

function categoryRows(models: Models, t: TFunction): Row[] {
  const titles = new Map(
    models.flatMap(({ categories }) =>
      categories.map(({ path, displayName }) => [path, displayName] as const),
    ),
  );
  return linesOf(
    models,
    ({ categories }) => categories,
    ({ path }) => path,
    (one, other) => one.localeCompare(other),
  ).map(({ key, values }) => ({
    key,
    label: titles.get(key) ?? t('models.unknown'),
    ...(key.includes('/') ? { note: key } : {}),
    differs: differ(values.map((category) => category?.path)),
    cell: (index) => <CategoryCell isIn={values[index] !== undefined} />,
  }));
}

const FIRST_COMPONENTS = ['INPUT', 'CACHE_READ', 'CACHE_WRITE', 'CACHE_WRITE_1H', 'OUTPUT'];

/** What makes two prices comparable, written so that it sorts as people look for it. */
function keyOfPrice({ component, serviceMode, currency, minContextTokens }: ComparePrice): string {
  const place = FIRST_COMPONENTS.indexOf(component);
  return [
    serviceMode === 'STANDARD' ? '' : serviceMode,
    place < 0 ? '9' : String(place),
    component,
    currency,
    String(minContextTokens).padStart(10, '0'),
  ].join('\n');
}

function priceRows(models: Models, t: TFunction, format: Format): Row[] {
  return linesOf<CompareModel, ComparePrice>(
    models,
    ({ prices }) => prices,
    keyOfPrice,
    (one, other) => (one < other ? -1 : one > other ? 1 : 0),
  ).flatMap(({ key, values }) => {
    const first = values.find((price) => price !== undefined);
    if (!first) {
      return [];
    }
    const { component, serviceMode, minContextTokens, currency, unit } = first;
    const note = [
      serviceMode === 'STANDARD' ? [] : t(`modes.${serviceMode}`),
      minContextTokens ? t('compare.fromContext', { tokens: format.tokens(minContextTokens) }) : [],
      `${currency} / ${unitName(unit, t)}`,
    ].flat();
    return {
      key,
      label: t(`components.${component}`),
      note: note.join(' · '),
      differs: differ(values.map((price) => price?.amount)),
      cell: (index: number) => <PriceCell price={values[index]} />,
    };
  });
}
