import { Alert, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { throughClient } from '../../../console/client.ts';
import { answerOf } from '../../../console/forms/answer.ts';
import { problemOf } from '../../../console/forms/user-errors.ts';
import { RevokeTokenDocument, type Token } from './documents.ts';

/** A token that is revoked lets nobody in any more, and can't be brought back: so it asks. */
export function RevokeDialog(props: {
  token: Token | undefined;
  onClose: () => void;
  onRevoked: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { token, onClose, onRevoked } = props;
  const [shown, setShown] = useState(token);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // What it asks about stays to be read while it closes.
  if (token && token !== shown) {
    setShown(token);
    setProblem(undefined);
  }

  const revoke = async () => {
    if (!token) {
      return;
    }
    setBusy(true);
    const { data, error } = await throughClient.mutation(RevokeTokenDocument, {
      input: { id: token.id },
    });
    setBusy(false);
    const stood = problemOf(answerOf(data?.revokeApiToken, error), t, i18n.language);
    setProblem(stood);
    if (stood === undefined) {
      onRevoked();
      onClose();
    }
  };

  return (
    <Modal
      destroyOnHidden
      open={token !== undefined}
      title={t('settings.tokens.revokeTitle', { name: shown?.name ?? '' })}
      okText={t('settings.tokens.revoke')}
      okButtonProps={{ danger: true, loading: isBusy }}
      cancelText={t('changes.revert.cancel')}
      onOk={() => void revoke()}
      onCancel={onClose}
    >
      <p>{t('settings.tokens.revokeHint')}</p>
      {problem && <Alert type="error" showIcon title={problem} />}
    </Modal>
  );
}
