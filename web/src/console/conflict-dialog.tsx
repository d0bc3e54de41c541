import './forms/forms.css';

import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface ConflictField {
  key: string;
  label: string;
  /** What is wanted and what is there now, as they are to be shown; null or empty is nothing. */
  mine: ReactNode;
  theirs: ReactNode;
}

/**
 * Shown where a write was refused because somebody else changed the object meanwhile. Field by field
 * it tells what is wanted and what is there now.
 */
export function ConflictDialog(props: {
  fields: readonly ConflictField[];
  /** Saves what is wanted, over what is there now. */
  onOverwrite: () => void;
  /** Gives up what is wanted. */
  onTakeTheirs: () => void;
  /** Back to the form; nothing in it is lost. */
  onCancel: () => void;
  isBusy?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('forms.conflict.title')}
      onCancel={props.onCancel}
      width={720}
      footer={[
        <Button key="cancel" autoFocus onClick={props.onCancel}>
          {t('forms.conflict.goOn')}
        </Button>,
        <Button key="theirs" onClick={props.onTakeTheirs}>
          {t('forms.conflict.takeTheirs')}
        </Button>,
        <Button
          key="mine"
          type="primary"
          loading={props.isBusy ?? false}
          onClick={props.onOverwrite}
        >
          {t('forms.conflict.overwrite')}
        </Button>,
      ]}
    >
      <p>{t('forms.conflict.detail')}</p>
      {props.fields.length === 0 ? (
        <p>{t('forms.conflict.same')}</p>
      ) : (
        <dl className="conflict">
          {props.fields.map(({ key, label, mine, theirs }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>
                <span className="conflict-side">{t('forms.conflict.mine')}</span>
                <Side value={mine} />
              </dd>
              <dd>
                <span className="conflict-side">{t('forms.conflict.theirs')}</span>
                <Side value={theirs} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Modal>
  );
}

function Side({ value }: { value: ReactNode }) {
  const { t } = useTranslation();
  return value === null || value === undefined || value === '' ? (
    <span className="muted">{t('forms.conflict.nothing')}</span>
  ) : (
    <bdi className="conflict-value">{value}</bdi>
  );
}
