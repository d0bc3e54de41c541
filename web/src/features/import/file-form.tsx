import './file-form.css';

import { FileTextOutlined, InboxOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useFormat } from '../../console/format.ts';
import { ServerLimitsDocument } from './documents.ts';
import { FORMATS, type FormatName } from './formats.ts';
import { choose, type Job } from './job.ts';
import { ProblemNote } from './problem-note.tsx';
import { isDay } from './search.ts';
import { writeSize } from './size.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useImportSearch } from './use-import-search.ts';
import { usePreview } from './use-preview.ts';

const today = () => new Date().toISOString().slice(0, 10);

/** Which file, and how it is to be read. */
export function FileForm({ state }: { state: Job }) {
  const { t } = useTranslation();
  const { search, update } = useImportSearch();
  const preview = usePreview();
  const [day, setDay] = useState(search.asOf ?? today());
  const format = search.format ?? state.guess;
  const isDayRead = isDay(day);
  const { kind } = state.problem ?? {};
  const isTaken = state.file && kind !== 'empty' && kind !== 'tooLarge' && kind !== 'unreadable';
  return (
    <form
      className="card import-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTaken && format && isDayRead) {
          // What was sought in the last report is not sought in this one.
          update({ find: '', field: undefined, page: 1 });
          preview({ format, asOf: day });
        }
      }}
    >
      <p className="muted">{t('imports.intro')}</p>
      <FileField file={state.file} />
      {state.problem && <ProblemNote problem={state.problem} isDryRun size={state.file?.size} />}
      <div className="import-fields">
        <FormatField state={state} value={format} onChange={(next) => update({ format: next })} />
        <DayField
          value={day}
          isOwn={format === 'modelry'}
          isRead={isDayRead}
          onChange={(next) => {
            setDay(next);
            update({ asOf: isDay(next) && next !== today() ? next : undefined });
          }}
        />
      </div>
      <Button
        type="primary"
        htmlType="submit"
        className="import-go"
        disabled={!isTaken || !format || !isDayRead}
      >
        {t('imports.file.preview')}
      </Button>
    </form>
  );
}

function FileField({ file }: { file: File | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [{ data }] = useQuery({ query: ServerLimitsDocument });
  const most = data?.server.maxImportBytes;
  const take = (chosen: File | undefined) => chosen && void choose(chosen, most);
  const isOver = useFileDrop(take);
  return (
    <label className={isOver ? 'drop drop-over' : 'drop'}>
      <input
        type="file"
        className="hidden"
        accept=".json,.jsonl,.ndjson,application/json"
        onChange={({ target }) => {
          take(target.files?.[0]);
          // The same file can be chosen again, after it was mended.
          target.value = '';
        }}
      />
      {file ? (
        <>
          <FileTextOutlined className="drop-icon" aria-hidden />
          <span className="drop-name">
            <span className="hidden">{t('imports.file.chosen')}: </span>
            <bdi>{file.name}</bdi>{' '}
            <span className="muted">{writeSize(file.size, format.number)}</span>
          </span>
          <span>
            <span className="drop-press">{t('imports.file.another')}</span>{' '}
            <span className="wide">{t('imports.file.drop')}</span>
          </span>
        </>
      ) : (
        <>
          <InboxOutlined className="drop-icon" aria-hidden />
          <span>
            <span className="drop-press">{t('imports.file.choose')}</span>{' '}
            <span className="wide">{t('imports.file.drop')}</span>
          </span>
          <span className="muted">
            {most === undefined
              ? t('imports.file.kinds')
              : t('imports.file.limit', { size: writeSize(most, format.number) })}
          </span>
        </>
      )}
    </label>
  );
}

function FormatField(props: {
  state: Job;
  value: FormatName | undefined;
  onChange: (format: FormatName) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { file, guess } = props.state;
  const name = (format: FormatName) => t(`imports.formats.${format}`);
  const hint = () => {
    if (!file) {
      return '';
    }
    if (guess === undefined) {
      return props.value ? '' : t('imports.file.notGuessed');
    }
    return guess === props.value
      ? t('imports.file.guessed')
      : t('imports.file.differs', { format: name(guess) });
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t('imports.file.format')}</label>
      <Select
        id={id}
        aria-describedby={`${id}-hint`}
        placeholder={t('imports.file.formatHint')}
        options={FORMATS.map((value) => ({ value, label: name(value) }))}
        value={props.value ?? null}
        onChange={(value) => value && props.onChange(value)}
      />
      <span
        id={`${id}-hint`}
        role="status"
        className={file && guess !== props.value ? 'field-hint warn' : 'field-hint muted'}
      >
        {hint()}
      </span>
    </div>
  );
}

function DayField(props: {
  value: string;
  isOwn: boolean;
  isRead: boolean;
  onChange: (day: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const hint = () => {
    if (props.isOwn) {
      return t('imports.file.asOfOwn');
    }
    return props.isRead
      ? t('imports.file.asOfHint')
      : t('imports.file.asOfBad', { example: today() });
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t('imports.file.asOf')}</label>
      <Input
        id={id}
        type="date"
        disabled={props.isOwn}
        aria-invalid={!props.isRead}
        aria-describedby={`${id}-hint`}
        {...(props.isRead ? {} : { status: 'error' as const })}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
      />
      <span id={`${id}-hint`} className={props.isRead ? 'field-hint muted' : 'field-hint bad'}>
        {hint()}
      </span>
    </div>
  );
}
