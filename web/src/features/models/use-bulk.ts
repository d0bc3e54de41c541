import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { type Action, concerns } from './action.ts';
import { type Outcome, run, undo } from './bulk.ts';
import { tellFailed } from './bulk-failed.ts';
import type { Selection } from './use-selection.ts';

/** What came of the last change of rows. */
export interface Report {
  kind: 'done' | 'undone';
  action: Action;
  changed: readonly Outcome[];
  problems: readonly string[];
}

export interface Bulk {
  isBusy: boolean;
  report: Report | undefined;
  start(action: Action): Promise<void>;
  takeBack(report: Report): Promise<void>;
  dismiss(): void;
}

/** Changes the selected rows. They look changed at once; what the server refuses goes back, and is told. */
export function useBulk(selection: Selection, refresh: () => void): Bulk {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [isBusy, setBusy] = useState(false);
  const [report, setReport] = useState<Report>();

  const start = async (action: Action) => {
    setBusy(true);
    setReport(undefined);
    const outcomes = await run(
      client,
      action,
      selection.rows.filter((row) => concerns(action, row)),
      t,
      i18n.language,
    );
    setBusy(false);
    refresh();
    const failed = outcomes.flatMap(({ row, problem }) =>
      problem === undefined ? [] : [{ row, problem }],
    );
    // What went wrong stays selected, to be tried again.
    selection.set(failed.map(({ row }) => row));
    setReport({
      kind: 'done',
      action,
      changed: outcomes.filter(({ changeSet }) => changeSet !== null),
      problems: tellFailed(failed, t, i18n.language),
    });
  };

  const takeBack = async ({ action, changed }: Report) => {
    setBusy(true);
    try {
      const failed = await undo(client, changed, t, i18n.language);
      const problems = tellFailed(failed, t, i18n.language);
      refresh();
      setReport({ kind: 'undone', action, changed: [], problems });
    } finally {
      // Where even the scripts for it can't be had, the report stays, and with it the way back.
      setBusy(false);
    }
  };

  return { isBusy, report, start, takeBack, dismiss: () => setReport(undefined) };
}
