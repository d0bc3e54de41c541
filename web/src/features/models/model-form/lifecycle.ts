import type { TFunction } from 'i18next';
import type { LifecycleStage } from '../../../gql/graphql.ts';

/** What decides which stage of its life a model is in. Days are texts, which compare as such. */
export interface Life {
  lifecycleStage: LifecycleStage;
  deprecatedOn: string | null;
  retiresOn: string | null;
}

const REFUSED = {
  DRAFT: { DEPRECATED: 'draftToDeprecated' },
  DEPRECATED: { DRAFT: 'deprecatedToDraft' },
  RETIRED: { DRAFT: 'retiredToDraft' },
} as const;

type Refusal = 'draftToDeprecated' | 'deprecatedToDraft' | 'retiredToDraft';

export const today = () => new Date().toISOString().slice(0, 10);

const stageName = (stage: LifecycleStage, t: TFunction) =>
  t(`stages.${stage.toLowerCase() as Lowercase<LifecycleStage>}`);

/** The stage that is in effect on a day. */
export function stageOn({ lifecycleStage, deprecatedOn, retiresOn }: Life, day: string) {
  const hasCome = (date: string | null) => date !== null && date !== '' && date <= day;
  if ((lifecycleStage === 'ACTIVE' || lifecycleStage === 'DEPRECATED') && hasCome(retiresOn)) {
    return 'RETIRED';
  }
  return lifecycleStage === 'ACTIVE' && hasCome(deprecatedOn) ? 'DEPRECATED' : lifecycleStage;
}

/** Why a model doesn't go from one stage to another; undefined if it does. */
export function moveProblem(
  from: LifecycleStage,
  to: LifecycleStage,
  t: TFunction,
): string | undefined {
  const refused: Partial<Record<LifecycleStage, Partial<Record<LifecycleStage, Refusal>>>> =
    REFUSED;
  const why = refused[from]?.[to];
  return (
    why &&
    t('editing.lifecycle.move', {
      from: stageName(from, t),
      to: stageName(to, t),
      why: t(`editing.lifecycle.${why}`),
    })
  );
}

/** Why a stage that is asked for can't be had under the dates that are set. */
export function datesProblem(life: Life, day: string, t: TFunction): string | undefined {
  const atOnce = stageOn(life, day);
  const { lifecycleStage: stage, deprecatedOn, retiresOn } = life;
  if (atOnce === stage) {
    return undefined;
  }
  const movers = stage === 'ACTIVE' ? [deprecatedOn, retiresOn] : [retiresOn];
  return t('editing.lifecycle.dates', {
    stage: stageName(stage, t),
    atOnce: stageName(atOnce, t),
    days: movers.filter((date) => date && date <= day).join(', '),
    today: day,
  });
}

export function orderProblem({ deprecatedOn, retiresOn }: Life, t: TFunction): string | undefined {
  return deprecatedOn && retiresOn && retiresOn < deprecatedOn
    ? t('editing.lifecycle.reversed', { day: deprecatedOn })
    : undefined;
}
