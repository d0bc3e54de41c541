import './forms.css';

import { CheckCircleOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { revert } from './revert.ts';

export interface Notice {
  text: string;
  isBad?: boolean;
  /** What it can be undone by, in the order in which it was done. */
  changeSets?: readonly string[];
  /** Another way to undo it; gives what stood in the way. */
  takeBack?: () => Promise<string | undefined>;
}

export interface Notices {
  shown: Notice | undefined;
  /** Whether what is shown is being undone. */
  isBusy: boolean;
  tell(notice: Notice): void;
  undo(): Promise<void>;
  dismiss(): void;
}

interface Undone {
  problem: string | undefined;
  /** What is not undone yet. */
  left: readonly string[];
}

/** What came of the last change, with the way back. `refresh` is called after that was gone, as far as it led. */
export function useNotices(refresh: () => unknown): Notices {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [shown, setShown] = useState<Notice>();
  const [undoing, setUndoing] = useState<Notice>();

  /** The last change first, each on its own. */
  const takeBack = async (changeSets: readonly string[]): Promise<Undone> => {
    const left = [...changeSets];
    for (const id of changeSets.toReversed()) {
      const problem = await revert(client, id, t, i18n.language);
      if (problem !== undefined) {
        return { problem, left };
      }
      left.pop();
    }
    return { problem: undefined, left };
  };

  const undo = async () => {
    setUndoing(shown);
    const { problem, left } = shown?.takeBack
      ? { problem: await shown.takeBack(), left: [] }
      : await takeBack(shown?.changeSets ?? []);
    const next =
      problem === undefined
        ? { text: t('forms.undo.undone') }
        : // It may be tried again, so what is left of it stays.
          { ...shown, text: t('forms.undo.notUndone', { problem }), isBad: true, changeSets: left };
    // What was done meanwhile keeps its own way back.
    setShown((now) => (now === shown ? next : now));
    setUndoing((now) => (now === shown ? undefined : now));
    // It is told first: while the server is away, this waits for it.
    await refresh();
  };
  return {
    shown,
    isBusy: shown !== undefined && undoing === shown,
    tell: useCallback((notice: Notice) => setShown(notice), []),
    undo,
    dismiss: useCallback(() => setShown(undefined), []),
  };
}

/** It stays until it is read. */
export function UndoBar({ notices }: { notices: Notices }) {
  const { t } = useTranslation();
  const { shown } = notices;
  const isOffered = shown?.takeBack !== undefined || (shown?.changeSets ?? []).length > 0;
  return (
    <div className="undo-place" role="status">
      {shown && (
        <div className="undo-bar">
          <span className="undo-text">
            {shown.isBad ? (
              <WarningOutlined className="warn" aria-hidden />
            ) : (
              <CheckCircleOutlined className="good" aria-hidden />
            )}{' '}
            <bdi>{shown.text}</bdi>
          </span>
          {isOffered && (
            <Button size="small" loading={notices.isBusy} onClick={() => void notices.undo()}>
              {t('forms.undo.undo')}
            </Button>
          )}
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('forms.undo.close')}
            onClick={notices.dismiss}
          />
        </div>
      )}
    </div>
  );
}
