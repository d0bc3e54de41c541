import './search-field.css';

import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ClearIcon } from './clear-icon.tsx';
import { isForPage } from './keys.ts';

const SETTLES_AFTER_MS = 250;

/** Free text; `/` leads to it. The address follows when the typing settles; going back takes all of it back. */
export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string, options: { replace: boolean }) => void;
}) {
  const { label, value, onChange } = props;
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const written = useRef(value);

  useEffect(() => {
    // Only what others did to the address: what was typed since is newer than our own.
    if (value !== written.current) {
      written.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const field = useRef<InputRef>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === '/' && isForPage(event)) {
        event.preventDefault();
        field.current?.focus({ cursor: 'all' });
      }
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  const settle = (typed: string) => {
    clearTimeout(timer.current);
    const next = typed.trim().slice(0, 500);
    if (next !== written.current) {
      const replace = written.current !== '';
      written.current = next;
      onChange(next, { replace });
    }
  };
  return (
    <Input
      ref={field}
      aria-keyshortcuts="/"
      className="search-field"
      type="search"
      allowClear={{ clearIcon: <ClearIcon /> }}
      prefix={<SearchOutlined aria-hidden />}
      placeholder={label}
      aria-label={label}
      maxLength={500}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => settle(target.value), SETTLES_AFTER_MS);
      }}
      onPressEnter={() => settle(text)}
    />
  );
}
