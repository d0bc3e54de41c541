import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { fieldName } from '../../console/forms/field-names.ts';
import { ObjectLink } from './object-link.tsx';
import { useObjectNames } from './use-object-names.ts';
import type { Outcome } from './use-revert.ts';

const MOST_SHOWN = 100;

/** What stands in the way: of which object, which field, why, and where the later changes are. */
export function RevertConflicts({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const format = useFormat();
  const conflicts = outcome.conflicts.slice(0, MOST_SHOWN);
  const names = useObjectNames(conflicts.map(({ objectId }) => objectId));
  const more = outcome.conflictCount - conflicts.length;
  return (
    <div className="revert-conflicts">
      <Scroll label={t('changes.revert.list')}>
        <ul className="plain">
          {conflicts.map(({ objectId, type, field, reason }, index) => {
            const named = names.get(objectId);
            const owner = named?.model;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: conflicts have nothing that tells them apart
              <li key={index}>
                <span>
                  <span className="muted">{t(`model.history.kinds.${type}`)} </span>
                  {owner && (
                    <>
                      <ObjectLink id={owner.id}>{owner.name}</ObjectLink> ·{' '}
                    </>
                  )}
                  <ObjectLink id={objectId}>{named?.name ?? objectId}</ObjectLink>
                  {field && <span> {fieldName(field, t)}</span>}
                </span>
                <span className="warn">{t(`changes.revert.reasons.${reason}`)}</span>
                <Link to="/changes" search={{ object: objectId }}>
                  {t('changes.revert.later')}
                </Link>
              </li>
            );
          })}
        </ul>
      </Scroll>
      {more > 0 && (
        <p className="muted">
          {t('changes.revert.more', { count: more, shown: format.number(more) })}
        </p>
      )}
    </div>
  );
}
