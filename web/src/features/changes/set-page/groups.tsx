import { useFormat } from '../../../console/format.ts';
import { readFragment } from '../../../gql/index.ts';
import { groupNeighbours } from '../../object-page/neighbours.ts';
import { ChangeLineFragment, ChangeLines, type Names } from '../change-lines.tsx';
import { categoryIdsOf } from '../lines.ts';
import { ObjectLink } from '../object-link.tsx';
import { useObjectNames } from '../use-object-names.ts';
import type { ChangeOfSet } from './documents.ts';

/** Changes of a set, those of a model together. */
export function Groups({ changes, isBusy }: { changes: readonly ChangeOfSet[]; isBusy: boolean }) {
  const lines = changes.map((change) => readFragment(ChangeLineFragment, change));
  const categories = useObjectNames(categoryIdsOf(lines));
  const names: Names = new Map([...categories].map(([id, { name }]) => [id, name]));
  return (
    <div className="set-groups" aria-busy={isBusy}>
      {groupNeighbours(changes, ({ model }) => model?.id).map((group) => (
        <Group key={group[0].number} changes={group} names={names} />
      ))}
    </div>
  );
}

function Group({ changes, names }: { changes: [ChangeOfSet, ...ChangeOfSet[]]; names: Names }) {
  const format = useFormat();
  const { model } = changes[0];
  const lines = changes.map((change) => readFragment(ChangeLineFragment, change));
  return (
    <div className="set-group">
      {model && (
        <h3>
          <ObjectLink id={model.id}>{model.displayName ?? model.name}</ObjectLink>
          {changes.length > 1 && (
            <span className="card-count">{format.number(changes.length)}</span>
          )}
        </h3>
      )}
      <ChangeLines changes={lines} names={names} withValues />
    </div>
  );
}
