import { Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseTokens, writeTokens } from '../models/amounts.ts';
import { MOST_COUNTED } from './search.ts';

/** A count as people write it, `200k` or `1.5M`. It holds as soon as it can be read. */
export function CountField(props: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { value } = props;
  const [text, setText] = useState(() => writeTokens(value));
  const read = parseTokens(text);
  const isRead = read !== null && read <= MOST_COUNTED;

  useEffect(() => {
    // What is typed stays as it is typed; what the address says otherwise is written anew.
    setText((before) => (parseTokens(before) === value ? before : writeTokens(value)));
  }, [value]);

  return (
    <div className="compare-field">
      <label htmlFor={id}>{props.label}</label>
      <Input
        id={id}
        inputMode="decimal"
        aria-invalid={!isRead}
        aria-describedby={isRead ? undefined : `${id}-error`}
        {...(isRead ? {} : { status: 'error' as const })}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const next = parseTokens(target.value);
          if (next !== null && next <= MOST_COUNTED && next !== value) {
            props.onChange(next);
          }
        }}
      />
      {!isRead && (
        <span id={`${id}-error`} className="compare-error">
          {t('compare.costs.notRead')}
        </span>
      )}
    </div>
  );
}
