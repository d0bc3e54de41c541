import { Alert, Checkbox, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../console/forms/answer.ts';
import { useFocusBack } from '../../console/use-focus-back.ts';
import { problemOf } from './writing.ts';

/** Asks before something is deleted, and says what goes with it. */
export function DeleteDialog(props: {
  title: string;
  children: ReactNode;
  /** What goes along, which has to be said yes to; left out where nothing does. */
  cascade?: string | undefined;
  withReason?: boolean;
  onDelete: (choice: { cascade: boolean; reason: string | null }) => Promise<Answer>;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [cascade, setCascade] = useState(false);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useFocusBack();
  const isReady = props.cascade === undefined || cascade;

  const run = async () => {
    setBusy(true);
    const answer = await props.onDelete({ cascade, reason: reason.trim() || null });
    setBusy(false);
    const found = problemOf(answer, t, i18n.language);
    setProblem(found);
    if (found === undefined) {
      props.onClose();
    }
  };
  return (
    <Modal
      open
      title={<bdi>{props.title}</bdi>}
      okText={t('catalogueViews.delete')}
      okButtonProps={{ danger: true, disabled: !isReady, loading: isBusy }}
      onOk={() => void run()}
      onCancel={props.onClose}
    >
      <div className="dialog-body">
        {props.children}
        {props.cascade !== undefined && (
          <Checkbox checked={cascade} onChange={({ target }) => setCascade(target.checked)}>
            {props.cascade}
          </Checkbox>
        )}
        {props.withReason !== false && (
          <div className="dialog-field">
            <label htmlFor={id}>{t('forms.reason')}</label>
            <Input
              id={id}
              value={reason}
              maxLength={10_000}
              onChange={({ target }) => setReason(target.value)}
            />
          </div>
        )}
        {problem !== undefined && <Alert type="error" showIcon role="alert" title={problem} />}
      </div>
    </Modal>
  );
}
