import type { LifecycleStage, ModelType } from '../../../gql/graphql.ts';
import type { Choice } from './found-select.tsx';

/** A model's own fields as a form has them: texts are never null. */
export interface ModelValues {
  name: string;
  displayName: string;
  description: string;
  modelType: ModelType;
  subType: string;
  isActive: boolean;
  lifecycleStage: LifecycleStage;
  deprecatedOn: string;
  retiresOn: string;
  releasedOn: string;
  knowledgeCutoff: string;
  successor: Choice | null;
  /** Said only of a default that the change concerns. */
  isDefault?: boolean | undefined;
  reason: string;
}

interface Known {
  name: string;
  displayName?: string | null;
  description?: string | null;
  modelType: ModelType;
  subType?: string | null;
  isActive: boolean;
  lifecycleStage: LifecycleStage;
  deprecatedOn?: string | null;
  retiresOn?: string | null;
  releasedOn?: string | null;
  knowledgeCutoff?: string | null;
  successor?: { id: string; name: string; displayName?: string | null } | null;
}

export function valuesOf(model: Known): ModelValues {
  const { successor } = model;
  return {
    name: model.name,
    displayName: model.displayName ?? '',
    description: model.description ?? '',
    modelType: model.modelType,
    subType: model.subType ?? '',
    isActive: model.isActive,
    lifecycleStage: model.lifecycleStage,
    deprecatedOn: model.deprecatedOn ?? '',
    retiresOn: model.retiresOn ?? '',
    releasedOn: model.releasedOn ?? '',
    knowledgeCutoff: model.knowledgeCutoff ?? '',
    successor: successor
      ? { value: successor.id, label: successor.displayName ?? successor.name }
      : null,
    reason: '',
  };
}

export const NEW_MODEL: ModelValues = {
  name: '',
  displayName: '',
  description: '',
  modelType: 'LANGUAGE',
  subType: '',
  isActive: true,
  lifecycleStage: 'ACTIVE',
  deprecatedOn: '',
  retiresOn: '',
  releasedOn: '',
  knowledgeCutoff: '',
  successor: null,
  reason: '',
};

/** As the schema's inputs have them: null is empty, and the successor an id. */
export function inputOf({ successor, isDefault, ...values }: ModelValues) {
  const entries = Object.entries(values).map(([key, value]) => [key, value === '' ? null : value]);
  return {
    ...(Object.fromEntries(entries) as {
      [K in keyof typeof values]: (typeof values)[K] | null;
    }),
    successorId: successor?.value ?? null,
    ...(isDefault === undefined ? {} : { isDefault }),
  };
}

/** Whether another place as a default would be taken, or this one left. */
export function changesKind(
  before: Pick<ModelValues, 'modelType' | 'subType'>,
  after: Pick<ModelValues, 'modelType' | 'subType'>,
): boolean {
  return before.modelType !== after.modelType || before.subType !== after.subType;
}
