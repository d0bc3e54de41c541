import { Alert, Button, Modal } from 'antd';
import { type FormEvent, type ReactNode, useCallback, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { isOutage } from '../../../../console/connection.ts';
import { useFocusBack } from '../../../../console/use-focus-back.ts';
import type { UserErrorCode } from '../../../../gql/graphql.ts';

export interface Problem {
  code?: UserErrorCode;
  /** The input's field; left out if it is about the whole. */
  field?: string;
  message: string;
}

interface Answer {
  error?: CombinedError | undefined;
  userErrors?:
    | readonly { code: UserErrorCode; field: readonly string[]; message: string }[]
    | undefined;
}

/** Sends something, and keeps what was wrong with it. */
export function useSending() {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const clear = useCallback(() => setProblems([]), []);
  const send = useCallback(
    async (ask: () => Promise<Answer>): Promise<boolean> => {
      setBusy(true);
      setProblems([]);
      const { error, userErrors = [] } = await ask();
      setBusy(false);
      const found: Problem[] = [
        ...(error ? [{ message: isOutage(error) ? t('versions.away') : error.message }] : []),
        ...userErrors.map(({ code, field, message }) => ({ code, field: field[0] ?? '', message })),
      ];
      setProblems(found);
      return found.length === 0;
    },
    [t],
  );
  return { isBusy, problems, send, clear };
}

export type Sending = ReturnType<typeof useSending>;

/** A dialog that writes something. Only its buttons and Escape close it: what was typed stays on a stray click. */
export function WriteDialog(props: {
  title: string;
  submit: string;
  isDanger?: boolean;
  isReady?: boolean;
  width?: number;
  sending: Sending;
  /** The fields that show their own problems. */
  fields?: readonly string[];
  onSubmit: () => void;
  /** Offered when somebody else has changed it meanwhile. */
  onLookAgain?: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { fields = [], sending } = props;
  useFocusBack();
  const isConflict = sending.problems.some(({ code }) => code === 'CONFLICT');
  const others = sending.problems.filter(({ field }) => !fields.includes(field ?? ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Modal
      open
      title={props.title}
      footer={null}
      mask={{ closable: false }}
      width={props.width ?? 520}
      onCancel={props.onClose}
    >
      <form className="write-form" onSubmit={submit} noValidate>
        {props.children}
        {others.length > 0 && (
          <Alert
            type="error"
            showIcon
            title={others.map(({ message }) => <p key={message}>{message}</p>)}
            action={
              isConflict &&
              props.onLookAgain && (
                <Button onClick={props.onLookAgain}>{t('versions.lookAgain')}</Button>
              )
            }
          />
        )}
        <div className="write-foot">
          <Button onClick={props.onClose}>{t('versions.cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            danger={props.isDanger ?? false}
            disabled={props.isReady === false}
            loading={sending.isBusy}
          >
            {props.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** A field with its name above and what is wrong with it below. */
export function Field(props: {
  label: string;
  name: string;
  problems: readonly Problem[];
  children: (aria: {
    id: string;
    'aria-invalid': boolean;
    'aria-describedby': string;
  }) => ReactNode;
}) {
  const id = useId();
  const own = props.problems.filter(({ field }) => field === props.name);
  return (
    <div className="write-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        'aria-invalid': own.length > 0,
        'aria-describedby': `${id}-problem`,
      })}
      <p id={`${id}-problem`} className="bad" role="alert">
        {own.map(({ message }) => message).join(' ')}
      </p>
    </div>
  );
}
