import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../gql/index.ts';
import { ChangeSetLink, numberOf } from './object-link.tsx';
import { concernsOthers, setBefore } from './reach.ts';
import { Summary } from './summary.tsx';

const SetReachDocument = graphql(`
  query SetReach($id: ID!) {
    changeSet(id: $id) {
      id
      summary {
        type
        operation
        count
      }
    }
  }
`);

const SetReachOfObjectDocument = graphql(`
  query SetReachOfObject($id: ID!, $before: ChangeSetWhere!) {
    changeSet(id: $id) {
      id
      first: changes(first: 100) {
        nodes {
          objectId
          model {
            id
          }
        }
      }
      last: changes(last: 1) {
        nodes {
          objectId
          model {
            id
          }
        }
      }
    }
    changeSets(where: $before, first: 2) {
      nodes {
        id
      }
    }
  }
`);

/** The object from whose history a change set is reverted. */
export interface RevertedFrom {
  /** Its global id. */
  objectId: string;
  /** When the change set was made. */
  createdAt: string;
  /** Takes back this object alone, to what it was after a change set. */
  onlyThis?: ((changeSet: string) => void) | undefined;
}

/** How much reverting a change set concerns: all of it, whatever was looked at when it was asked for. */
export function SetReach({ id, from }: { id: string; from?: RevertedFrom | undefined }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: SetReachDocument, variables: { id } });
  const ofObject = useReachOfObject(id, from);
  const summary = data?.changeSet?.summary;
  if (!summary) {
    return null;
  }
  const all = (
    <>
      <p>{t('changes.revert.reach.all')}</p>
      <Summary counts={summary} />
      {from && (
        <ChangeSetLink id={id}>{t('changes.set.number', { number: numberOf(id) })}</ChangeSetLink>
      )}
    </>
  );
  if (!from || !ofObject.hasOthers) {
    return <div className="revert-reach">{all}</div>;
  }
  const { onlyThis } = from;
  const { before } = ofObject;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('changes.revert.reach.others')}
      description={
        <div className="revert-reach">
          {all}
          {onlyThis && before && (
            <Button size="small" onClick={() => onlyThis(before)}>
              {t('changes.revert.reach.onlyThis')}
            </Button>
          )}
        </div>
      }
    />
  );
}

/** Whether more is concerned than the object, and what it was right before. */
function useReachOfObject(id: string, from: RevertedFrom | undefined) {
  const [{ data }] = useQuery({
    query: SetReachOfObjectDocument,
    variables: { id, before: { ids: [from?.objectId ?? ''], until: from?.createdAt ?? null } },
    pause: !from,
  });
  if (!from || !data?.changeSet) {
    return { hasOthers: false, before: undefined };
  }
  return {
    hasOthers: concernsOthers(data.changeSet, from.objectId),
    before: setBefore(id, data.changeSets.nodes),
  };
}
