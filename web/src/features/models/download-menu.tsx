import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CombinedError } from 'urql';
import { useAsOf } from '../../console/as-of/as-of-context.ts';
import { clientsAsOf } from '../../console/client.ts';
import { failureText } from '../../console/failure-words.ts';
import { useFormat } from '../../console/format.ts';
import { toCsv } from './csv.ts';
import type { ModelRecord } from './export.ts';
import type { ModelsSearch } from './search.ts';

const FORMATS = {
  csv: {
    type: 'text/csv;charset=utf-8',
    write: (records: ModelRecord[]) =>
      toCsv(Object.keys(records[0] ?? {}) as (keyof ModelRecord)[], records),
  },
  json: {
    type: 'application/json',
    write: (records: ModelRecord[]) => `${JSON.stringify(records, null, 2)}\n`,
  },
};
type Format = keyof typeof FORMATS;

/** All rows that meet the conditions, from every page, as a file. */
export function DownloadMenu(props: { search: ModelsSearch; total: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const moment = useAsOf();
  const running = useRef<AbortController>(undefined);
  const [read, setRead] = useState<number>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => () => running.current?.abort(), []);

  const download = async (kind: Format) => {
    const controller = new AbortController();
    running.current = controller;
    setProblem(undefined);
    setRead(0);
    try {
      // Few who look at the table take it along.
      const { readAll, save } = await import('./export.ts');
      const records = await readAll(clientsAsOf(moment).throughClient, props.search, {
        signal: controller.signal,
        onProgress: setRead,
      });
      const { type, write } = FORMATS[kind];
      save(`models.${kind}`, type, write(records));
    } catch (error) {
      if (!controller.signal.aborted) {
        setProblem(error instanceof CombinedError ? failureText(error, t) : String(error));
      }
    } finally {
      setRead(undefined);
    }
  };

  if (read !== undefined) {
    const share = props.total ? Math.min(1, read / props.total) : 0;
    return (
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => running.current?.abort()}>
        {t('models.download.cancel', { share: format.percent(share) })}
      </Button>
    );
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={!props.total}
        menu={{
          items: [
            { key: 'csv', label: t('models.download.csv') },
            { key: 'json', label: t('models.download.json') },
          ],
          onClick: ({ key }) => void download(key as Format),
        }}
      >
        <Button icon={<DownloadOutlined aria-hidden />}>{t('models.download.title')}</Button>
      </Dropdown>
      {problem !== undefined && (
        <span role="alert" className="download-problem">
          {t('models.download.failed', { problem })}
        </span>
      )}
    </>
  );
}
