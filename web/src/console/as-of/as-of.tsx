import './as-of.css';

import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Provider } from 'urql';
import { clientsAsOf } from '../client.ts';
import { State, usePageTitle } from '../states.tsx';
import { AsOfContext, useAsOf } from './as-of-context.ts';
import { isDialogOpen } from './dialog-store.ts';
import { readMoment } from './moment.ts';

/** What the address says of time. */
function useSought() {
  const { at } = useSearch({ from: '__root__' });
  return useMemo(() => (at === undefined ? undefined : readMoment(at)), [at]);
}

/** Everything below shows the catalogue at the moment in the address: it asks another client. */
export function AsOf({ children }: { children: ReactNode }) {
  const sought = useSought();
  const moment = sought && 'moment' in sought ? sought.moment : undefined;
  return (
    <AsOfContext value={moment}>
      <Provider value={clientsAsOf(moment).client}>{children}</Provider>
    </AsOfContext>
  );
}

/** A view at the moment; made anew for another one, so that nothing of the one is left in the other. */
export function AsOfView({ children }: { children: ReactNode }) {
  const sought = useSought();
  const moment = useAsOf();
  return sought && 'problem' in sought ? (
    <NoSuchMoment {...sought} />
  ) : (
    <Fragment key={moment ?? ''}>{children}</Fragment>
  );
}

/** Takes the whole console to another moment, or back to now. */
export function useTravel() {
  const navigate = useNavigate();
  return (moment: string | undefined) =>
    void navigate({ to: '.', search: (before) => ({ ...before, at: moment }) });
}

function NoSuchMoment({ problem, text }: { problem: 'unreadable' | 'future'; text: string }) {
  const { t } = useTranslation();
  const travel = useTravel();
  usePageTitle(t(`asOf.${problem}`));
  return (
    <State
      title={t(`asOf.${problem}`)}
      detail={t(`asOf.${problem}Detail`, { text })}
      action={
        <>
          <Button type="primary" onClick={() => travel(undefined)}>
            {t('asOf.back')}
          </Button>
          <Button onClick={() => isDialogOpen.set(true)}>{t('asOf.choose')}</Button>
        </>
      }
    />
  );
}
