import './marks.css';

import { useTranslation } from 'react-i18next';
import type { LifecycleStage } from '../../gql/graphql.ts';
import { hueOf, initialsOf } from './initials.ts';

/** A supplier's initials, in its own colour. */
export function SupplierMark({ name }: { name: string }) {
  return (
    <span className="mark" aria-hidden style={{ '--hue': hueOf(name) } as React.CSSProperties}>
      {initialsOf(name)}
    </span>
  );
}

export function Stage({ stage }: { stage: LifecycleStage }) {
  const { t } = useTranslation();
  const name = stage.toLowerCase() as Lowercase<LifecycleStage>;
  return <span className={`stage stage-${name}`}>{t(`stages.${name}`)}</span>;
}
