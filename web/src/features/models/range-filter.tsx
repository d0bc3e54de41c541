import { Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Range<T> {
  label: string;
  unit: string;
  example: [string, string];
  least: T | undefined;
  most: T | undefined;
  /** Null for what is no value. */
  parse: (text: string) => T | null;
  write: (value: T) => string;
  onChange: (least: T | undefined, most: T | undefined) => void;
}

/** From here to there, each end open. It holds when the field is left, or by Enter. */
export function RangeFilter<T extends string | number>(props: Range<T>) {
  const { t } = useTranslation();
  const { least, most, onChange } = props;
  return (
    <fieldset className="filter">
      <legend>
        {props.label} <span className="filter-hint">{props.unit}</span>
      </legend>
      <div className="range">
        <End
          {...props}
          name={t('models.filters.least', { label: props.label })}
          placeholder={t('models.filters.from', { example: props.example[0] })}
          value={least}
          onChange={(value) => onChange(value, most)}
        />
        <End
          {...props}
          name={t('models.filters.most', { label: props.label })}
          placeholder={t('models.filters.to', { example: props.example[1] })}
          value={most}
          onChange={(value) => onChange(least, value)}
        />
      </div>
    </fieldset>
  );
}

function End<T extends string | number>(props: {
  name: string;
  placeholder: string;
  value: T | undefined;
  example: [string, string];
  parse: (text: string) => T | null;
  write: (value: T) => string;
  onChange: (value: T | undefined) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { value, write } = props;
  const shown = value === undefined ? '' : write(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const read = text.trim() === '' ? undefined : props.parse(text);
  const take = () => {
    if (read !== null && read !== value) {
      props.onChange(read);
    }
  };
  return (
    <div>
      <Input
        aria-label={props.name}
        aria-invalid={read === null}
        aria-describedby={read === null ? id : undefined}
        inputMode="decimal"
        placeholder={props.placeholder}
        {...(read === null ? { status: 'error' as const } : {})}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={take}
        onPressEnter={take}
      />
      {read === null && (
        <span id={id} className="filter-error">
          {t('models.filters.notRead', { example: props.example[1] })}
        </span>
      )}
    </div>
  );
}
