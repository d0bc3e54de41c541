import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginningOf } from './folding.ts';
import { useFormat } from './format.ts';

/** A text of any length: what is long is folded until somebody asks for it. */
export function LongText({ text }: { text: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const beginning = beginningOf(text);
  if (beginning === text) {
    return text;
  }
  return (
    <>
      {isOpen ? text : `${beginning}…`}{' '}
      <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen
          ? t('states.showLess')
          : t('states.showAll', { count: text.length, shown: format.number(text.length) })}
      </Button>
    </>
  );
}
