import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { useAsOf } from './as-of/as-of-context.ts';
import { codesOf, isOutage } from './connection.ts';
import { failureText } from './failure-words.ts';
import { useFormat } from './format.ts';
import { useSession } from './session.tsx';

export function usePageTitle(title: string): void {
  const format = useFormat();
  const moment = useAsOf();
  useEffect(() => {
    const parts = [title, moment ? format.moment(moment) : [], 'Modelry'].flat();
    document.title = parts.join(' · ');
  }, [title, moment, format]);
}

/** A view that could not be had: why, and what can be done about it. */
export function Failure(props: { error: CombinedError; retry: () => void; wayOut?: ReactNode }) {
  const { error, retry } = props;
  const { t } = useTranslation();
  const { epoch } = useSession();
  const failedIn = useRef(epoch);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever signs in may be let in now
  useEffect(() => {
    if (epoch !== failedIn.current) {
      failedIn.current = epoch;
      retry();
    }
  }, [epoch]);

  const codes = codesOf(error);
  const again = <Button onClick={retry}>{t('states.again')}</Button>;
  if (isOutage(error)) {
    return <State title={t('states.away')} detail={t('states.awayDetail')} action={again} />;
  }
  if (codes.includes('UNAUTHENTICATED')) {
    const link = <Link to="/sign-in">{t('session.signIn')}</Link>;
    return <State title={t('states.unknown')} detail={t('states.unknownDetail')} action={link} />;
  }
  const detail = failureText(error, t);
  if (codes.includes('FORBIDDEN')) {
    return <State title={t('states.forbidden')} detail={detail} action={again} />;
  }
  const actions = (
    <>
      {again}
      {props.wayOut}
    </>
  );
  return <State title={t('states.failed')} detail={detail} action={actions} />;
}

export function NotFound({ title, wayOut }: { title?: string; wayOut?: ReactNode }) {
  const { t } = useTranslation();
  const moment = useAsOf();
  usePageTitle(t('states.notFound'));
  return (
    <State
      title={title ?? t('states.notFound')}
      detail={t(title && moment ? 'asOf.notThere' : 'states.notFoundDetail')}
      action={wayOut ?? <Link to="/models">{t('states.toModels')}</Link>}
    />
  );
}

export function State(props: { title: string; detail: string; action: ReactNode }) {
  return (
    <section className="state">
      <h1>{props.title}</h1>
      <p className="muted">{props.detail}</p>
      <div className="state-action">{props.action}</div>
    </section>
  );
}
