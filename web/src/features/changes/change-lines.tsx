import './change-lines.css';

import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldName } from '../../console/forms/field-names.ts';
import { valueWord } from '../../console/forms/value-words.ts';
import { writeValue } from '../../console/value.tsx';
import { type DocumentType, graphql } from '../../gql/index.ts';
import { type Called, countNames, linesOf, nameOf } from './lines.ts';
import { ObjectLink } from './object-link.tsx';

export const ChangeLineFragment = graphql(`
  fragment ChangeLine on Change {
    number
    type
    operation
    objectId
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
  }
`);

export type ChangeLine = DocumentType<typeof ChangeLineFragment>;

/** What objects are called that a change only points to, by their ids. */
export type Names = ReadonlyMap<string, string>;

const LONG_VALUE = 400;

/** Changes in words, each field with what it was before and after. */
export function ChangeLines(props: {
  changes: readonly ChangeLine[];
  names: Names;
  /** Whether the fields can be seen of what was added and removed, too. */
  withValues?: boolean;
}) {
  return (
    <ul className="plain">
      {linesOf(props.changes).map((line) => (
        <li key={line[0].number}>
          <Line {...props} changes={line} />
        </li>
      ))}
    </ul>
  );
}

const LINKED = ['SUPPLIER', 'CATEGORY'];

function Line(props: {
  changes: [ChangeLine, ...ChangeLine[]];
  names: Names;
  withValues?: boolean;
}) {
  const { t } = useTranslation();
  const { changes, names } = props;
  const [{ operation, type, fields }] = changes;
  const isLinked = ({ object }: ChangeLine) => props.withValues && LINKED.includes(type) && object;
  const called = changes
    .map((change) => ({
      name: nameOf(change, names, t),
      // A part leads nowhere, nor does what is gone for good; a model's name stands above its changes.
      id: isLinked(change) ? change.objectId : undefined,
    }))
    .filter((each): each is Called => each.name !== undefined);
  return (
    <>
      <span className={`operation operation-${operation.toLowerCase()}`}>
        {t('model.history.line', {
          kind: t(`model.history.kinds.${type}`),
          operation: t(`model.history.operations.${operation}`),
        })}
      </span>
      <span className="operation-names">
        {countNames(called).map(({ name, id, count }, place) => (
          <Fragment key={`${id} ${name}`}>
            {place === 0 ? ' ' : ', '}
            {id ? <ObjectLink id={id}>{name}</ObjectLink> : <bdi>{name}</bdi>}
            {count > 1 && <span className="muted"> × {count}</span>}
          </Fragment>
        ))}
      </span>
      {operation === 'UPDATE' && <Differences fields={fields} />}
      {operation !== 'UPDATE' && props.withValues && (
        <details className="operation-values">
          <summary>{t('changes.values')}</summary>
          {changes.map((change) => (
            <div key={change.number}>
              {changes.length > 1 && <bdi>{nameOf(change, names, t)}</bdi>}
              <Differences fields={change.fields} />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

function Differences({ fields }: { fields: ChangeLine['fields'] }) {
  const { t } = useTranslation();
  return (
    <dl className="differences">
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt title={field}>{fieldName(field, t)}</dt>
          <dd>
            <Side field={field} value={before} is="before" />
            <span aria-hidden> → </span>
            <Side field={field} value={after} is="after" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Side(props: { field: string; value: unknown; is: 'before' | 'after' }) {
  const { t } = useTranslation();
  const { field, value, is } = props;
  const Mark = is === 'before' ? 'del' : 'ins';
  const text = valueWord(field, value, t) ?? writeValue(value);
  return (
    <>
      <span className="hidden">{t(`model.history.${is}`)}: </span>
      {value == null ? (
        <span className="muted">{t('model.history.nothing')}</span>
      ) : (
        <Mark>
          {text.length > LONG_VALUE ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus
            <bdi className="mono difference-long" tabIndex={0}>
              {text}
            </bdi>
          ) : (
            <bdi className="mono">{text}</bdi>
          )}
        </Mark>
      )}
    </>
  );
}
