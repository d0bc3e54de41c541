import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countPages, type Place } from '../../../console/address.ts';
import { CursorPager } from '../../../console/cursor-pager.tsx';
import { useFormat } from '../../../console/format.ts';
import { Loading } from '../../../console/loading.tsx';
import { Failure } from '../../../console/states.tsx';
import type { ChangeSetPageQuery } from '../../../gql/graphql.ts';
import { Groups } from './groups.tsx';
import { CHANGES_AT_A_TIME, type Kind } from './kinds.ts';
import { useChangesOfKind, useWayBack } from './use-changes-of-kind.ts';

/** The kinds that a set's changes can be chosen by, with how many there are. */
export function Kinds(props: {
  number: string;
  kinds: readonly Kind[];
  chosen: Kind['type'] | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const link = (type: Kind['type'] | undefined, text: string) => (
    <Link
      key={type ?? ''}
      to="/changes/$changeSetId"
      params={{ changeSetId: props.number }}
      search={type ? { type } : {}}
      // On a later page of a kind, too, where the address is another one.
      activeOptions={{ exact: true }}
      {...(type === props.chosen && { className: 'active', 'aria-current': 'true' })}
      resetScroll={false}
    >
      {text}
    </Link>
  );
  return (
    <nav className="set-kinds" aria-label={t('changes.filters.type')}>
      {link(undefined, t('changes.set.all'))}
      {props.kinds.map(({ type, count }) =>
        link(type, t(`changes.counts.${type}`, { count, shown: format.number(count) })),
      )}
    </nav>
  );
}

/** The changes of a set of one kind, page by page. */
export function ChangesOfKind(props: {
  set: NonNullable<ChangeSetPageQuery['changeSet']>;
  kind: Kind;
  place: Place;
  go: (place: Place) => void;
}) {
  const { set, kind, place } = props;
  const found = useChangesOfKind(set, kind.type, kind.count, place);
  const go = useWayBack(place, props.go);
  if (found.error && !found.changes) {
    return <Failure error={found.error} retry={found.again} />;
  }
  return (
    <>
      {found.changes ? (
        <Groups changes={found.changes} isBusy={found.isBusy} />
      ) : (
        <Loading title={false} />
      )}
      <CursorPager
        place={place}
        pageInfo={found.pageInfo}
        pages={countPages(kind.count, CHANGES_AT_A_TIME)}
        go={go}
      />
    </>
  );
}
