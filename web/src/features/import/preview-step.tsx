import { Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { accept, changeSettings, type Job, type Preview, setReason } from './job.ts';
import { ProblemNote } from './problem-note.tsx';
import { ReportView } from './report-view.tsx';
import { findLastChangeSet, usePreview } from './use-preview.ts';

const MOST_REASON = 10_000;

/** What the file would change, and the question whether it shall. */
export function PreviewStep({ state, preview }: { state: Job; preview: Preview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const again = usePreview();
  const { report, settings } = preview;
  const name = t(`imports.formats.${settings.format}`);
  return (
    <>
      <section className="card import-summary" aria-labelledby="import-preview">
        <div>
          <h2 id="import-preview">{t('imports.preview.title')}</h2>
          <p className="import-file">
            <bdi>{state.file?.name}</bdi>{' '}
            <span className="muted">
              {settings.format === 'modelry'
                ? name
                : t('imports.preview.settings', { format: name, day: format.day(report.as_of) })}
            </span>
          </p>
        </div>
        <Button onClick={changeSettings}>{t('imports.preview.change')}</Button>
      </section>
      {state.problem && (
        <ProblemNote
          problem={state.problem}
          isDryRun={false}
          size={state.file?.size}
          action={
            <Button size="small" onClick={() => again(settings)}>
              {t('imports.preview.again')}
            </Button>
          }
        />
      )}
      <ReportView report={report}>
        {report.changes_anything ? (
          <Accept state={state} preview={preview} />
        ) : (
          <p className="card" role="status">
            {t('imports.preview.same')}
          </p>
        )}
      </ReportView>
    </>
  );
}

function Accept({ state, preview }: { state: Job; preview: Preview }) {
  const { t } = useTranslation();
  const id = useId();
  const again = usePreview();
  const [isAsking, setAsking] = useState(false);
  const [hasMoved, setMoved] = useState(false);
  const go = async () => {
    setAsking(true);
    const last = await findLastChangeSet();
    setAsking(false);
    if (last === undefined || last === preview.lastChangeSet) {
      await accept(preview);
    } else {
      setMoved(true);
    }
  };
  return (
    <form
      className="card import-accept"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isAsking) {
          void go();
        }
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t('imports.preview.reason')}</label>
        <Input
          id={id}
          maxLength={MOST_REASON}
          placeholder={t('imports.preview.reasonHint')}
          value={state.reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <Button type="primary" htmlType="submit" loading={isAsking}>
        {t('imports.preview.accept')}
      </Button>
      <Modal
        open={hasMoved}
        title={t('imports.preview.moved')}
        onCancel={() => setMoved(false)}
        footer={
          <>
            <Button onClick={() => void accept(preview)}>{t('imports.preview.anyway')}</Button>
            <Button type="primary" onClick={() => again(preview.settings)}>
              {t('imports.preview.again')}
            </Button>
          </>
        }
      >
        <p>{t('imports.preview.movedDetail')}</p>
      </Modal>
    </form>
  );
}
