import { Checkbox, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import type { FacetFragment as Facet } from '../../gql/graphql.ts';

/** Many values, found by typing; the counts stand beside them. */
export function FacetSelect(props: {
  label: string;
  hint?: string;
  counts: readonly Facet[];
  isLoading: boolean;
  value: string[];
  onChange: (value: string[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const options = props.counts.map(({ value, label, count }) => ({
    value,
    label: label ?? value,
    sought: `${label ?? ''} ${value}`.toLowerCase(),
    count,
  }));
  return (
    <div className="filter">
      <label htmlFor={id}>
        {props.label}
        {props.hint && <span className="filter-hint"> {props.hint}</span>}
      </label>
      <Select
        id={id}
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        placeholder={t('models.filters.any')}
        aria-label={props.label}
        loading={props.isLoading && props.counts.length === 0}
        popupMatchSelectWidth={280}
        options={options}
        optionFilterProp="sought"
        optionRender={({ data }) => (
          <span className="option">
            <span className="option-label">{data.label}</span>
            <span className="option-count">{format.number(data.count)}</span>
          </span>
        )}
        value={props.value}
        onChange={props.onChange}
      />
    </div>
  );
}

/** A few values that never change, all in sight. */
export function FacetChecks<T extends string>(props: {
  label: string;
  counts: readonly Facet[];
  options: { value: T; label: string }[];
  value: T[];
  onChange: (value: T[]) => void;
}) {
  const format = useFormat();
  const counts = new Map(props.counts.map(({ value, count }) => [value, count]));
  return (
    <fieldset className="filter">
      <legend>{props.label}</legend>
      {props.options.map(({ value, label }) => (
        <div key={value} className="check">
          <Checkbox
            checked={props.value.includes(value)}
            onChange={({ target }) =>
              props.onChange(
                target.checked
                  ? [...props.value, value]
                  : props.value.filter((each) => each !== value),
              )
            }
          >
            {label}
          </Checkbox>
          <span className="option-count">{format.number(counts.get(value) ?? 0)}</span>
        </div>
      ))}
    </fieldset>
  );
}
