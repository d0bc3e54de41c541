import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Removal, RemoveButton } from './edit-buttons.tsx';

/** What can be done with a row of a section's table. */
export function RowActions({ onEdit, ...removal }: Removal & { onEdit: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="row-actions">
      <Button
        type="text"
        size="small"
        icon={<EditOutlined aria-hidden />}
        aria-label={t('editing.change', { name: removal.name })}
        onClick={onEdit}
      />
      <RemoveButton {...removal} />
    </span>
  );
}
