import '../../console/section.css';
import '../models/marks.css';
import './import.css';

import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsOf } from '../../console/as-of/as-of-context.ts';
import { WhyReadOnly } from '../../console/as-of/why-read-only.tsx';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { mayWrite, useSession } from '../../console/session.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { usePageTitle } from '../../console/states.tsx';
import { useStore } from '../../console/store.ts';
import { RecentImportsDocument } from './documents.ts';
import { Done } from './done.tsx';
import { FileForm } from './file-form.tsx';
import { type Job, job } from './job.ts';
import { PreviewStep } from './preview-step.tsx';
import { RecentImports } from './recent-imports.tsx';
import { RunningStep } from './running-step.tsx';

const STEPS = ['file', 'preview', 'import'] as const;

/** From a file to its change set: chosen, compared, accepted, and taken back if need be. */
export function ImportPage() {
  const { t } = useTranslation();
  const { viewer, mayWrite: mayWriteNow, hasEnded, error } = useSession();
  const { done } = useStore(job);
  const moment = useAsOf();
  const until = { until: moment ?? null };
  usePageTitle(t('views.imports'));
  // Who was signed in a moment ago comes back to what they were about to do.
  const isOffered = mayWriteNow || (hasEnded && moment === undefined);
  const isKnown = viewer !== undefined || error !== undefined;
  return (
    <div className="page import">
      <div className="import-head">
        <h1>{t('views.imports')}</h1>
        <ShowQuery href={graphiqlLink(RecentImportsDocument, until)} />
      </div>
      {isOffered && <Process />}
      {!isOffered && isKnown && <ReadOnly />}
      {!isKnown && <Skeleton active />}
      <RecentImports epoch={done?.changeSetId ?? ''} />
    </div>
  );
}

function ReadOnly() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  if (mayWrite(viewer)) {
    return <WhyReadOnly />;
  }
  return (
    <section className="card">
      <h2>{t('imports.readOnly')}</h2>
      <p>{t('imports.readOnlyDetail')}</p>
      {viewer?.isAnonymous && <Link to="/sign-in">{t('session.signIn')}</Link>}
    </section>
  );
}

type Step = 'form' | 'running' | 'preview' | 'done';

function stepOf({ running, done, preview }: Job): Step {
  if (running) {
    return 'running';
  }
  if (done) {
    return 'done';
  }
  return preview ? 'preview' : 'form';
}

/** Which of the three steps one is at. */
function placeOf(step: Step, { running }: Job): number {
  if (step === 'form') {
    return 0;
  }
  return step === 'done' || (running && !running.isDryRun) ? 2 : 1;
}

function Process() {
  const state = useStore(job);
  const step = stepOf(state);
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(step);

  // What was pressed is gone with its step: the keyboard goes on at the next one.
  useEffect(() => {
    if (shown.current !== step) {
      shown.current = step;
      box.current?.focus();
    }
  }, [step]);

  return (
    <>
      <Steps place={placeOf(step, state)} isDone={step === 'done'} />
      <div ref={box} tabIndex={-1} className="import-step">
        <Content step={step} state={state} />
      </div>
    </>
  );
}

function Content({ step, state }: { step: Step; state: Job }): ReactNode {
  const { running, preview, done } = state;
  if (step === 'running' && running) {
    return <RunningStep running={running} name={state.file?.name ?? ''} />;
  }
  if (step === 'done' && done) {
    return <Done answer={done} name={state.file?.name ?? ''} />;
  }
  if (step === 'preview' && preview) {
    return <PreviewStep state={state} preview={preview} />;
  }
  return <FileForm state={state} />;
}

function Steps({ place, isDone }: { place: number; isDone: boolean }) {
  const { t } = useTranslation();
  return (
    <ol className="import-steps" aria-label={t('imports.steps')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={index < place || isDone ? 'import-steps-done' : undefined}
          aria-current={index === place && !isDone ? 'step' : undefined}
        >
          <span className="import-steps-number" aria-hidden>
            {index < place || isDone ? '✓' : index + 1}
          </span>
          {t(`imports.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
