import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClearIcon } from '../../console/clear-icon.tsx';
import { useModelsSearch } from './use-models-search.ts';

const SETTLES_AFTER_MS = 250;

/** Free text. The address follows when the typing settles; going back takes all of it back. */
export function SearchBox() {
  const { t } = useTranslation();
  const { search, update } = useModelsSearch();
  const [text, setText] = useState(search.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const written = useRef(search.q);

  useEffect(() => {
    // Only what others did to the address: what was typed since is newer than our own.
    if (search.q !== written.current) {
      written.current = search.q;
      setText(search.q);
    }
  }, [search.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const settle = (value: string) => {
    clearTimeout(timer.current);
    const q = value.trim().slice(0, 500);
    if (q !== written.current) {
      const replace = written.current !== '';
      written.current = q;
      update({ q }, { replace });
    }
  };
  return (
    <Input
      className="models-search"
      type="search"
      allowClear={{ clearIcon: <ClearIcon /> }}
      prefix={<SearchOutlined aria-hidden />}
      placeholder={t('models.search')}
      aria-label={t('models.search')}
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
