import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { type Progress, STAGES, type Stage } from './answer.ts';
import { type Running, stop } from './job.ts';
import { writeSize } from './size.ts';

/** How far it is, stage by stage, and whether it can still be stopped. */
export function RunningStep({ running, name }: { running: Running; name: string }) {
  const { t } = useTranslation();
  const { isDryRun, progress, canStop } = running;
  const stages = STAGES.filter(
    (stage) => !isDryRun || stage !== 'WRITING' || progress.stage === 'WRITING',
  );
  const place = stages.indexOf(progress.stage);
  return (
    <section className="card import-running" aria-labelledby="import-running">
      <h2 id="import-running">
        {t(isDryRun ? 'imports.running.preview' : 'imports.running.import', { name })}
      </h2>
      <p className="hidden" role="status">
        {t(`imports.running.stages.${progress.stage}`)}
      </p>
      <ol className="stages">
        {stages.map((stage, index) => (
          <StageLine
            key={stage}
            stage={stage}
            state={index < place ? 'done' : index === place ? 'now' : 'later'}
            progress={progress}
          />
        ))}
      </ol>
      {canStop ? (
        <p className="import-stop">
          <Button onClick={stop}>{t('imports.running.stop')}</Button>
          {!isDryRun && <span className="muted">{t('imports.running.stopHint')}</span>}
        </p>
      ) : (
        <p>{t('imports.running.noStop')}</p>
      )}
      <p className="muted">{t('imports.running.elsewhere')}</p>
    </section>
  );
}

function StageLine(props: { stage: Stage; state: 'done' | 'now' | 'later'; progress: Progress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { stage, state } = props;
  const { done, of } = props.progress;
  const name = t(`imports.running.stages.${stage}`);
  const write = (value: number) =>
    stage === 'UPLOADING' ? writeSize(value, format.number) : format.number(value);
  const isMeasured = state === 'now' && done != null && of != null && of > 0;
  return (
    <li className={`stages-${state}`}>
      <span>{name}</span>
      {state === 'done' && (
        <span className="good">
          <span aria-hidden>✓</span>
          <span className="hidden">{t('imports.running.done')}</span>
        </span>
      )}
      {isMeasured && (
        <span className="muted">
          {t('imports.running.of', { done: write(Math.min(done, of)), of: write(of) })}
        </span>
      )}
      {state === 'now' && (
        <progress
          aria-label={name}
          {...(isMeasured ? { value: Math.min(done, of), max: of } : {})}
        />
      )}
    </li>
  );
}
