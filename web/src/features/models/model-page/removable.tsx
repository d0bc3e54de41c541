import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A line of a list with a button that removes it. */
export function Removable(props: {
  name: string;
  /** Undefined for who may not. */
  onRemove: ((event: MouseEvent<HTMLElement>) => void) | undefined;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <span className="fact-line removable">
      {props.children}
      {props.onRemove && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('editing.remove', { name: props.name })}
          onClick={props.onRemove}
        />
      )}
    </span>
  );
}
