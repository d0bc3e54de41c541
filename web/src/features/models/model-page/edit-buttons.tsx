import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../console/forms/answer.ts';
import { useEditor } from './editor.tsx';

/** Opens the dialog that adds something; who may not edit has none. */
export function AddButton(props: { label: string; dialog: (close: () => void) => ReactNode }) {
  const { mayEdit, open } = useEditor();
  return mayEdit ? (
    <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => open(props.dialog)}>
      {props.label}
    </Button>
  ) : null;
}

export interface Removal {
  /** What it is called that is removed. */
  name: string;
  remove: () => Promise<Answer>;
  /** What is told when it is. */
  removed: string;
}

export function RemoveButton(props: Removal & { icon?: ReactNode }) {
  const { t } = useTranslation();
  const { run } = useEditor();
  const { name, remove, removed, icon = <DeleteOutlined aria-hidden /> } = props;
  return (
    <Button
      type="text"
      size="small"
      icon={icon}
      aria-label={t('editing.remove', { name })}
      onClick={(event) => run(event, remove, removed)}
    />
  );
}
