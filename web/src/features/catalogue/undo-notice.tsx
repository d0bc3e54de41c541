import './catalogue.css';

import { CheckCircleOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { takeBack } from './writing.ts';

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
  isBusy: boolean;
  tell(notice: Notice): void;
  undo(): Promise<void>;
  dismiss(): void;
}

/** What came of the last change, with the way back. */
export function useNotices(refresh: () => unknown): Notices {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [shown, setShown] = useState<Notice>();
  const [isBusy, setBusy] = useState(false);

  const undo = async () => {
    setBusy(true);
    const problem = await (shown?.takeBack?.() ??
      takeBack(client, shown?.changeSets ?? [], t, i18n.language));
    await refresh();
    setBusy(false);
    setShown(
      problem === undefined
        ? { text: t('forms.undo.undone') }
        : { text: t('forms.undo.notUndone', { problem }), isBad: true },
    );
  };
  return {
    shown,
    isBusy,
    tell: useCallback((notice: Notice) => setShown(notice), []),
    undo,
    dismiss: useCallback(() => setShown(undefined), []),
  };
}

/** It stays until it is read. */
export function UndoNotice({ notices }: { notices: Notices }) {
  const { t } = useTranslation();
  const { shown } = notices;
  return (
    <div className="notice-place" role="status">
      {shown && (
        <div className="notice">
          {shown.isBad ? (
            <WarningOutlined className="warn" />
          ) : (
            <CheckCircleOutlined className="good" />
          )}
          <bdi className="notice-text">{shown.text}</bdi>
          {(shown.takeBack || (shown.changeSets && shown.changeSets.length > 0)) && (
            <Button size="small" loading={notices.isBusy} onClick={() => void notices.undo()}>
              {t('forms.undo.undo')}
            </Button>
          )}
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('forms.undo.close')}
            onClick={notices.dismiss}
          />
        </div>
      )}
    </div>
  );
}
