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
  return <StageMark stage={stage} text={t(`stages.${nameOf(stage)}`)} />;
}

const nameOf = (stage: LifecycleStage) => stage.toLowerCase() as Lowercase<LifecycleStage>;

/** For where there are many of them, and each text is looked up once. */
export function StageMark({ stage, text }: { stage: LifecycleStage; text: string }) {
  return <span className={`stage stage-${nameOf(stage)}`}>{text}</span>;
}
