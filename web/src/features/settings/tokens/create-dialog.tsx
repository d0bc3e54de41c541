import { Alert, Button, Modal } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { throughClient } from '../../../console/client.ts';
import { answerOf } from '../../../console/forms/answer.ts';
import {
  placeAmong,
  sortErrors,
  tellError,
  tellFailure,
} from '../../../console/forms/user-errors.ts';
import { CreateTokenDocument } from './documents.ts';
import { EMPTY_FORM, FIELD_NAMES, type FieldName, inputOf, problemsOf } from './form.ts';
import { Secret } from './secret.tsx';
import { Fields } from './token-fields.tsx';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  onMade: () => void;
}

interface Made {
  name: string;
  token: string;
}

/** Makes a token, and then shows it, this once. */
export function CreateDialog({ isOpen, onClose, onMade }: Props) {
  const { t, i18n } = useTranslation();
  const formId = useId();
  const [form, setForm] = useState(EMPTY_FORM);
  const [problems, setProblems] = useState<Partial<Record<FieldName, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [made, setMade] = useState<Made>();

  const make = async (event: FormEvent) => {
    event.preventDefault();
    const now = Date.now();
    const found = Object.entries(problemsOf(form, now)).map(
      ([name, key]) => [name, t(`settings.tokens.problems.${key}`)] as const,
    );
    setProblems(Object.fromEntries(found));
    setProblem(undefined);
    if (found.length > 0) {
      return;
    }
    setBusy(true);
    // Past the cache: nothing keeps it but what shows it.
    const { data, error } = await throughClient.mutation(CreateTokenDocument, {
      input: inputOf(form, now),
    });
    setBusy(false);
    const payload = data?.createApiToken;
    if (payload?.token && payload.apiToken) {
      setMade({ name: payload.apiToken.name, token: payload.token });
      setForm(EMPTY_FORM);
      onMade();
      return;
    }
    const { fields, rest } = sortErrors(
      answerOf(payload, error).userErrors,
      placeAmong(FIELD_NAMES),
      (each) => tellError(each, t, i18n.language),
    );
    setProblems(Object.fromEntries(fields.map(({ name, errors }) => [name[0], errors.join('\n')])));
    setProblem((error ? tellFailure(error, t) : rest.join('\n')) || undefined);
  };

  const close = () => {
    setMade(undefined);
    setProblems({});
    setProblem(undefined);
    onClose();
  };

  return (
    <Modal
      // A token that was shown stays nowhere in the page.
      destroyOnHidden
      open={isOpen}
      title={t('settings.tokens.makeTitle')}
      // What is shown once isn't put away by a slip of the hand.
      closable={!made}
      keyboard={!made}
      mask={{ closable: false }}
      onCancel={close}
      footer={
        made ? (
          <Button type="primary" onClick={close}>
            {t('settings.tokens.done')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t('changes.revert.cancel')}</Button>
            <Button type="primary" htmlType="submit" form={formId} loading={isBusy}>
              {t('settings.tokens.make')}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <Secret name={made.name} token={made.token} />
      ) : (
        <form id={formId} className="form" noValidate onSubmit={(event) => void make(event)}>
          {problem && <Alert type="error" showIcon title={problem} />}
          <Fields form={form} problems={problems} onChange={setForm} />
        </form>
      )}
    </Modal>
  );
}
