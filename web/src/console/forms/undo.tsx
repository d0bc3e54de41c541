import './forms.css';

import { CheckCircleOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { graphql } from '../../gql/index.ts';
import { tellFailure } from './user-errors.ts';

const UndoDocument = graphql(`
  mutation UndoChangeSet($input: RevertChangeSetInput!) {
    revertChangeSet(input: $input) {
      changeSet {
        id
      }
      conflicts {
        message
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

interface Told {
  text: string;
  isProblem: boolean;
  changeSet: string | null;
}

export interface Undo {
  /** Says what was done, with the way back if there is one. */
  tell: (text: string, changeSet: string | null) => void;
  /** Says what could not be done. */
  complain: (text: string) => void;
  bar: ReactNode;
}

/** Tells what was done until the next is, and takes it back. */
export function useUndo(onUndone: () => void): Undo {
  const { t } = useTranslation();
  const client = useClient();
  const [told, setTold] = useState<Told>();
  const [isBusy, setBusy] = useState(false);

  const complain = (text: string) => setTold({ text, isProblem: true, changeSet: null });

  const undo = async (id: string) => {
    setBusy(true);
    const { data, error } = await client.mutation(UndoDocument, { input: { id } });
    setBusy(false);
    const { conflicts, userErrors } = data?.revertChangeSet ?? {};
    const problem = error
      ? tellFailure(error, t)
      : (userErrors?.[0]?.message ?? conflicts?.[0]?.message);
    if (problem !== undefined) {
      // It may be tried again, so what it is about stays.
      setTold({ text: t('forms.undo.notUndone', { problem }), isProblem: true, changeSet: id });
      return;
    }
    setTold({ text: t('forms.undo.undone'), isProblem: false, changeSet: null });
    onUndone();
  };

  return {
    tell: (text, changeSet) => setTold({ text, isProblem: false, changeSet }),
    complain,
    bar: (
      <div role="status">
        {told && (
          <div className="undo-bar">
            <span>
              {told.isProblem ? (
                <WarningOutlined className="warn" />
              ) : (
                <CheckCircleOutlined className="good" />
              )}{' '}
              {told.text}
            </span>
            {told.changeSet !== null && (
              <Button
                size="small"
                loading={isBusy}
                onClick={() => void undo(told.changeSet as string)}
              >
                {t('forms.undo.undo')}
              </Button>
            )}
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('forms.undo.close')}
              onClick={() => setTold(undefined)}
            />
          </div>
        )}
      </div>
    ),
  };
}
