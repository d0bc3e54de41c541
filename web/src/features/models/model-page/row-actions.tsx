import { DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';

/** What can be done with a row of a section's table. */
export function RowActions(props: {
  name: string;
  onEdit: () => void;
  onRemove: (event: MouseEvent<HTMLElement>) => void;
}) {
  const { t } = useTranslation();
  return (
    <span className="row-actions">
      <Button
        type="text"
        size="small"
        icon={<EditOutlined aria-hidden />}
        aria-label={t('editing.change', { name: props.name })}
        onClick={props.onEdit}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t('editing.remove', { name: props.name })}
        onClick={props.onRemove}
      />
    </span>
  );
}
