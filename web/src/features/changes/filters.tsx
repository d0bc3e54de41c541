import { Button, Input, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../console/address.ts';
import { CHANNELS, countConditions, DEFAULT_CHANGES, KINDS } from './search.ts';
import { useChangesSearch } from './use-changes-search.ts';

const REVERTS = ['any', 'yes', 'no'] as const;

/** What chooses change sets; all of it is in the address. */
export function Filters({ actors, operations }: { actors: string[]; operations: string[] }) {
  const { t } = useTranslation();
  const { search, update } = useChangesSearch();
  return (
    <FilterBar
      search={search}
      actors={actors}
      update={update}
      clear={() => update(DEFAULT_CHANGES)}
    >
      <Many
        label={t('changes.filters.channel')}
        options={CHANNELS.map((value) => ({ value, label: t(`changes.channels.${value}`) }))}
        value={search.channel}
        onChange={(channel) => update({ channel })}
      />
      <Tags
        label={t('changes.filters.operation')}
        known={operations}
        value={search.operation}
        onChange={(operation) => update({ operation })}
      />
      <Many
        label={t('changes.filters.type')}
        options={KINDS.map((value) => ({ value, label: t(`model.history.kinds.${value}`) }))}
        value={search.type}
        onChange={(type) => update({ type })}
      />
      <Field label={t('changes.filters.revert')}>
        {(id) => (
          <Select<(typeof REVERTS)[number]>
            id={id}
            options={REVERTS.map((value) => ({
              value,
              label: t(`changes.filters.reverts.${value}`),
            }))}
            value={search.revert ?? 'any'}
            onChange={(value) => update({ revert: value === 'any' ? undefined : value })}
          />
        )}
      </Field>
    </FilterBar>
  );
}

interface Common {
  actor: string[];
  since?: string | undefined;
  until?: string | undefined;
}

/** By whom and between which days, around what else chooses. */
export function FilterBar(props: {
  search: Common & Place;
  /** Who is in sight. */
  actors: string[];
  update: (patch: Partial<Common>) => void;
  clear: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { search, update } = props;
  return (
    <section className="changes-filters" aria-label={t('changes.filters.title')}>
      <Tags
        label={t('changes.filters.actor')}
        known={props.actors}
        value={search.actor}
        onChange={(actor) => update({ actor })}
      />
      {props.children}
      <Day
        label={t('changes.filters.since')}
        value={search.since}
        onChange={(since) => update({ since })}
      />
      <Day
        label={t('changes.filters.until')}
        value={search.until}
        onChange={(until) => update({ until })}
      />
      {countConditions(search) > 0 && (
        <Button type="link" className="changes-clear" onClick={props.clear}>
          {t('models.filters.clear')}
        </Button>
      )}
    </section>
  );
}

function Field(props: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="changes-filter">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
    </div>
  );
}

/** Some of a few values. */
export function Many<T extends string>(props: {
  label: string;
  options: { value: T; label: string }[];
  value: T[];
  onChange: (value: T[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Field label={props.label}>
      {(id) => (
        <Select<T[]>
          id={id}
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          popupMatchSelectWidth={false}
          optionFilterProp="label"
          placeholder={t('models.filters.any')}
          options={props.options}
          value={props.value}
          onChange={props.onChange}
        />
      )}
    </Field>
  );
}

/** Names that can be typed; those that are in sight are proposed. */
export function Tags(props: {
  label: string;
  known: string[];
  value: string[];
  onChange: (value: string[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Field label={props.label}>
      {(id) => (
        <Select<string[]>
          id={id}
          mode="tags"
          allowClear
          maxTagCount="responsive"
          popupMatchSelectWidth={false}
          placeholder={t('models.filters.any')}
          options={props.known.map((value) => ({ value, label: value }))}
          value={props.value}
          onChange={props.onChange}
        />
      )}
    </Field>
  );
}

function Day(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <Field label={props.label}>
      {(id) => (
        <Input
          id={id}
          type="date"
          max="9999-12-31"
          value={props.value ?? ''}
          onChange={({ target }) => props.onChange(target.value || undefined)}
        />
      )}
    </Field>
  );
}
