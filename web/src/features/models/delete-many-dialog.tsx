import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../console/use-focus-back.ts';
import type { Deletion } from './deletion.ts';

/** Asks before rows are deleted that are many, or not all in sight. */
export function DeleteManyDialog(props: {
  deletion: Deletion;
  onDelete: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  useFocusBack();
  const { count, hidden } = props.deletion;
  return (
    <Modal
      open
      width={420}
      title={t('models.bulk.ask.title', { count })}
      okText={t('models.bulk.delete')}
      okButtonProps={{ danger: true }}
      cancelText={t('models.bulk.ask.cancel')}
      onOk={() => {
        props.onClose();
        props.onDelete();
      }}
      onCancel={props.onClose}
    >
      {hidden > 0 && <p>{t('models.bulk.ask.hidden', { count: hidden })}</p>}
      <p>{t('models.bulk.ask.hint')}</p>
    </Modal>
  );
}
