import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../console/format.ts';
import { type DocumentType, graphql } from '../../../gql/index.ts';
import { writeValue } from './value.tsx';

export const ChangeSetEntryFragment = graphql(`
  fragment ChangeSetEntry on Change {
    number
    type
    operation
    before
    after
    object {
      id
      ... on ModelCapability {
        capability {
          id
          displayName
        }
      }
    }
    fields {
      field
      before
      after
    }
    changeSet {
      id
      actor
      createdAt
      operation
      reason
      source {
        name
        format
      }
      revertedBy {
        id
      }
    }
  }
`);

export type Entry = DocumentType<typeof ChangeSetEntryFragment>;

type Names = ReadonlyMap<string, string>;

/** One operation of somebody's, with all that it changed of this model. */
export function ChangeSetEntry(props: { changes: [Entry, ...Entry[]]; names: Names }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { changeSet } = props.changes[0];
  const source = changeSet.source?.name ?? changeSet.source?.format;
  return (
    <li>
      <p className="timeline-head">
        <time dateTime={changeSet.createdAt}>{format.moment(changeSet.createdAt)}</time>
        <span className="muted">
          {t('model.history.by', { actor: changeSet.actor })}
          {source ? ` · ${t('model.history.import', { name: source })}` : ''}
          {!source && changeSet.operation ? ` · ${changeSet.operation}` : ''}
        </span>
        {changeSet.revertedBy && <span className="flag">{t('model.history.reverted')}</span>}
      </p>
      {changeSet.reason && <p className="overview-text">{changeSet.reason}</p>}
      <ul className="plain">
        {linesOf(props.changes).map((line) => (
          <li key={line[0].number}>
            <Line changes={line} names={props.names} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/** What only came or went is told together, kind by kind; what was changed, one by one. */
function linesOf(changes: readonly Entry[]): [Entry, ...Entry[]][] {
  const lines: [Entry, ...Entry[]][] = [];
  for (const change of changes) {
    const alike = lines.find(
      ([first]) =>
        change.operation !== 'UPDATE' &&
        first.operation === change.operation &&
        first.type === change.type,
    );
    if (alike) {
      alike.push(change);
    } else {
      lines.push([change]);
    }
  }
  return lines;
}

function Line({ changes, names }: { changes: [Entry, ...Entry[]]; names: Names }) {
  const { t } = useTranslation();
  const [{ operation, type, fields }] = changes;
  const called = changes
    .map((change) => nameOf(change, names))
    .filter((name) => name !== undefined);
  return (
    <>
      <span className={`operation operation-${operation.toLowerCase()}`}>
        {t('model.history.line', {
          kind: t(`model.history.kinds.${type}`),
          operation: t(`model.history.operations.${operation}`),
        })}
      </span>
      {called.length > 0 && <bdi className="operation-names"> {called.join(', ')}</bdi>}
      {operation === 'UPDATE' && (
        <dl className="differences">
          {fields.map(({ field, before, after }) => (
            <div key={field}>
              <dt className="mono">{field}</dt>
              <dd>
                <Side value={before} is="before" />
                <span aria-hidden> → </span>
                <Side value={after} is="after" />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Side({ value, is }: { value: unknown; is: 'before' | 'after' }) {
  const { t } = useTranslation();
  const Mark = is === 'before' ? 'del' : 'ins';
  return (
    <>
      <span className="hidden">{t(`model.history.${is}`)}: </span>
      {value == null ? (
        <span className="muted">{t('model.history.nothing')}</span>
      ) : (
        <Mark>
          <bdi className="mono">{writeValue(value)}</bdi>
        </Mark>
      )}
    </>
  );
}

/** What a part of a model is called, as far as its recorded state says. */
function nameOf({ object, before, after }: Entry, names: Names): string | undefined {
  if (object && 'capability' in object) {
    return object.capability.displayName;
  }
  const state = after ?? before;
  if (typeof state !== 'object' || state === null) {
    return undefined;
  }
  const record = state as Record<string, unknown>;
  const found = ['name', 'alias', 'label', 'component', 'categoryId']
    .map((key) => record[key])
    .find((value) => typeof value === 'string') as string | undefined;
  return found === undefined ? undefined : (names.get(found) ?? found);
}
