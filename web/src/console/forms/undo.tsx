import './forms.css';

import { CheckCircleOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { revert } from './revert.ts';

interface Told {
  text: string;
  isProblem: boolean;
  /** What is reverted by undoing it, in this order. */
  changeSets: readonly string[];
}

export interface Undo {
  /** Says what was done, with the way back if there is one. */
  tell: (text: string, changeSet: string | null | readonly string[]) => void;
  /** Says what could not be done. */
  complain: (text: string) => void;
  bar: ReactNode;
}

/** Tells what was done until the next is, and takes it back. */
export function useUndo(onUndone: () => void): Undo {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [told, setTold] = useState<Told>();
  const [isBusy, setBusy] = useState(false);

  const complain = (text: string) => setTold({ text, isProblem: true, changeSets: [] });

  const undo = async (changeSets: readonly string[]) => {
    setBusy(true);
    const left = [...changeSets];
    let problem: string | undefined;
    for (const id of changeSets) {
      problem = await revert(client, id, t, i18n.language);
      if (problem !== undefined) {
        break;
      }
      left.shift();
    }
    setBusy(false);
    if (problem !== undefined) {
      // It may be tried again, so what is left of it stays.
      setTold({
        text: t('forms.undo.notUndone', { problem }),
        isProblem: true,
        changeSets: left,
      });
    } else {
      setTold({ text: t('forms.undo.undone'), isProblem: false, changeSets: [] });
    }
    if (left.length < changeSets.length) {
      onUndone();
    }
  };

  return {
    tell: (text, changeSet) =>
      setTold({
        text,
        isProblem: false,
        changeSets: changeSet === null ? [] : [changeSet].flat(),
      }),
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
            {told.changeSets.length > 0 && (
              <Button size="small" loading={isBusy} onClick={() => void undo(told.changeSets)}>
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
