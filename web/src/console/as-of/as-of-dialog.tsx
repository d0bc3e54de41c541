import { Button, Modal } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { useFocusBack } from '../use-focus-back.ts';
import { useTravel } from './as-of.tsx';
import { useAsOf } from './as-of-context.ts';
import { fromFieldValue, readMoment, toFieldValue } from './moment.ts';
import { isBefore, useFirstRecord } from './use-records.ts';

const DAY_MS = 86_400_000;
const AGO = { day: 1, week: 7, month: 30, year: 365 } as const;

/** Chooses the moment that the whole console shows. */
export function AsOfDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  useFocusBack();
  const travel = useTravel();
  const current = useAsOf();
  const first = useFirstRecord();
  const [typed, setTyped] = useState<string>();
  // The field has whole seconds: the first after the beginning.
  const begin = first === undefined ? 0 : Math.ceil(Date.parse(first) / 1000) * 1000;
  const suggested = Math.max(Date.now() - DAY_MS, begin);
  const value = typed ?? toFieldValue(current ?? suggested);
  const [problem, setProblem] = useState<string>();
  const id = useId();

  const go = (moment: string | undefined) => {
    onClose();
    travel(moment);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = fromFieldValue(value);
    const sought = chosen === undefined ? undefined : readMoment(chosen);
    if (!sought || 'problem' in sought) {
      setProblem(t(sought?.problem === 'future' ? 'asOf.notYet' : 'asOf.incomplete'));
    } else if (first !== undefined && isBefore(sought.moment, first)) {
      setProblem(t('asOf.notBefore', { first: format.second(first) }));
    } else {
      go(sought.moment);
    }
  };

  const zone = new Intl.DateTimeFormat(i18n.language, { timeZoneName: 'long' })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName')?.value;
  const choices = Object.entries(AGO).flatMap(([name, days]) => {
    const moment = new Date(Date.now() - days * DAY_MS).toISOString();
    return first === undefined || isBefore(moment, first)
      ? []
      : [{ key: t(`asOf.ago.${name as keyof typeof AGO}`), moment }];
  });

  return (
    <Modal open title={t('asOf.title')} footer={null} onCancel={onClose} width={440}>
      <form className="as-of-form" onSubmit={submit} noValidate>
        <p className="muted">{t('asOf.intro')}</p>
        <label htmlFor={id}>{t('asOf.field')}</label>
        <input
          id={id}
          className="as-of-input"
          type="datetime-local"
          step={1}
          value={value}
          max={toFieldValue(Date.now())}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-note ${id}-problem`}
          onChange={({ target }) => {
            setTyped(target.value);
            setProblem(undefined);
          }}
        />
        <p id={`${id}-problem`} className="bad" role="alert">
          {problem}
        </p>
        <p id={`${id}-note`} className="muted">
          {zone}
          {first !== undefined && ` · ${t('asOf.since', { first: format.second(first) })}`}
        </p>
        <div className="as-of-choices">
          {choices.map(({ key, moment }) => (
            <Button key={key} size="small" onClick={() => go(moment)}>
              {key}
            </Button>
          ))}
          {first !== undefined && (
            <Button size="small" onClick={() => go(first)}>
              {t('asOf.first')}
            </Button>
          )}
        </div>
        <div className="as-of-foot">
          {current && <Button onClick={() => go(undefined)}>{t('asOf.back')}</Button>}
          <Button type="primary" htmlType="submit">
            {t('asOf.show')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
