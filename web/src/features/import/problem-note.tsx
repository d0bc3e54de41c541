import { Alert } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { meaningOf } from '../../console/failure-words.ts';
import { useFormat } from '../../console/format.ts';
import type { Fault } from './answer.ts';
import type { Problem } from './problem.ts';
import { writeSize } from './size.ts';

interface Told {
  title: string;
  detail?: ReactNode;
  /** What is wrong with it may be over by itself. */
  isPassing?: boolean;
}

/** Why there is no report, where in the file, and what can be done. */
export function ProblemNote(props: {
  problem: Problem;
  isDryRun: boolean;
  size: number | undefined;
  action?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const size = writeSize(props.size ?? 0, format.number);
  const { title, detail, isPassing } = tell(props.problem, {
    t,
    size,
    number: format.number,
    isDryRun: props.isDryRun,
  });
  return (
    <Alert
      role="alert"
      showIcon
      className="import-problem"
      type={isPassing ? 'warning' : 'error'}
      title={title}
      {...(detail ? { description: detail } : {})}
      {...(props.action ? { action: props.action } : {})}
    />
  );
}

function tell(
  problem: Problem,
  words: { t: TFunction; size: string; number: (value: number) => string; isDryRun: boolean },
): Told {
  const { t, size, isDryRun } = words;
  switch (problem.kind) {
    case 'fault':
      return {
        title: titleOf(problem.code, t),
        detail: <Place fault={problem} />,
        isPassing: problem.code === 'CONFLICT',
      };
    case 'refused':
      return refusal(problem, words);
    case 'lost':
      return {
        title: t('imports.problems.lost'),
        detail: t(isDryRun ? 'imports.problems.lostPreview' : 'imports.problems.lostDetail'),
      };
    case 'stopped':
      return {
        title: t('imports.problems.stopped'),
        detail: t('imports.problems.stoppedDetail'),
        isPassing: true,
      };
    case 'tooLarge':
      return {
        title: t('imports.problems.tooLarge'),
        detail: t('imports.problems.tooLargeDetail', {
          size,
          most: writeSize(problem.most, words.number),
        }),
      };
    case 'unreadable':
      return {
        title: t('imports.problems.unreadable'),
        detail: t('imports.problems.unreadableDetail'),
      };
    case 'away':
      return {
        title: t('imports.problems.away'),
        detail: t('imports.problems.awayDetail'),
        isPassing: true,
      };
    case 'empty':
      return { title: t('imports.problems.empty') };
    case 'cancelled':
      return { title: t('imports.problems.cancelled'), isPassing: true };
  }
}

function titleOf(code: string, t: TFunction): string {
  if (code === 'CONFLICT') {
    return t('imports.problems.conflict');
  }
  return t(code === 'BAD_FILE' ? 'imports.problems.fault' : 'imports.problems.internal');
}

function refusal(
  problem: Problem & { kind: 'refused' },
  { t, size }: { t: TFunction; size: string },
): Told {
  const { status, code, message, retryAfter } = problem;
  const said = [meaningOf(code, t) ?? [], message].flat().join('\n');
  switch (status) {
    case 401:
      return { title: t('imports.problems.unknown'), detail: t('imports.problems.unknownDetail') };
    case 403:
      return { title: t('imports.problems.forbidden'), detail: said };
    case 413:
      return {
        title: t('imports.problems.tooLarge'),
        detail: `${t('imports.problems.tooLargeServer', { size })} ${message}`,
      };
    case 429:
    case 503:
      return {
        title: status === 503 ? t('imports.problems.busy') : t('imports.problems.refused'),
        detail: (
          <>
            {retryAfter === undefined
              ? t('imports.problems.busyDetail')
              : t('imports.problems.busyAfter', { count: retryAfter })}{' '}
            <span className="muted">{message}</span>
          </>
        ),
        isPassing: true,
      };
    default:
      return { title: t('imports.problems.refused'), detail: said };
  }
}

/** The server's own words, and where in the file it stopped. */
function Place({ fault }: { fault: Fault }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message, line, column, path } = fault;
  return (
    <>
      <p className="import-message" dir="auto">
        {message}
      </p>
      <dl className="place">
        {line != null && (
          <div>
            <dt>{t('imports.problems.place.line')}</dt>
            <dd>{format.number(line)}</dd>
          </div>
        )}
        {column != null && (
          <div>
            <dt>{t('imports.problems.place.column')}</dt>
            <dd>{format.number(column)}</dd>
          </div>
        )}
        {path != null && (
          <div>
            <dt>{t('imports.problems.place.path')}</dt>
            <dd>
              <bdi className="mono">{path}</bdi>
            </dd>
          </div>
        )}
      </dl>
      <p>{t('imports.problems.nothing')}</p>
    </>
  );
}
