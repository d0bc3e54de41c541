import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OperationResult, useClient } from 'urql';
import { type Answer, answerOf } from '../../../../console/forms/answer.ts';
import { ReasonField } from '../../../../console/forms/common-fields.tsx';
import { FormDialog } from '../../../../console/forms/form-dialog.tsx';
import { Problems } from '../../../../console/forms/problems.tsx';
import { useSeen } from '../../../../console/forms/use-seen.ts';
import { isConflict, tellError } from '../../../../console/forms/user-errors.ts';
import { Loading } from '../../../../console/loading.tsx';
import { Failure } from '../../../../console/states.tsx';
import type { PreviewRollbackMutation, RollbackGoal } from '../../../../gql/graphql.ts';
import { Differences } from './differences.tsx';
import { PreviewRollbackDocument, type VersionedModel } from './documents.ts';
import { useLatest } from './use-latest.ts';
import { rollBack } from './writes.ts';

type Preview = OperationResult<PreviewRollbackMutation>;

/** Makes a model what it was, after showing what that would change. */
export function RollbackDialog(props: {
  model: VersionedModel;
  to: RollbackGoal;
  title: string;
  intro: string;
  onClose: () => void;
  onDone: (answer: Answer | undefined) => void;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const [to] = useState(props.to);
  const { seen, lookAgain } = useSeen(props.model, useLatest(props.model.id));

  // What was looked at, and nothing else, is rolled back.
  const goal = useMemo(() => ({ modelId: seen.id, to, expectedVersion: seen.version }), [seen, to]);
  const { preview, again } = usePreview(goal);

  const count = preview?.data?.rollbackModel.differences.length ?? 0;
  return (
    <FormDialog
      title={props.title}
      width={760}
      initial={{ reason: '' }}
      isNew
      isDanger
      isReady={count > 0}
      saveLabel={t('versions.rollback')}
      save={(_, { reason }) => rollBack(client, { ...goal, dryRun: false, reason: reason || null })}
      lookAgain={lookAgain}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      <p className="muted">{props.intro}</p>
      <WouldChange preview={preview} again={again} lookAgain={() => void lookAgain()} />
      {count > 0 && <ReasonField />}
    </FormDialog>
  );
}

/** What would change, asked for anew with each goal or on demand; undefined until it is known. */
function usePreview(goal: { modelId: string; to: RollbackGoal; expectedVersion: number }) {
  const client = useClient();
  const [preview, setPreview] = useState<Preview>();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  useEffect(() => {
    let isWanted = true;
    setPreview(undefined);
    void client
      .mutation(PreviewRollbackDocument, { input: { ...goal, dryRun: true } })
      .then((found) => isWanted && setPreview(found));
    return () => {
      isWanted = false;
    };
  }, [client, goal, round]);
  return { preview, again: () => setRound((before) => before + 1) };
}

function WouldChange(props: {
  preview: Preview | undefined;
  again: () => void;
  /** For when somebody was quicker than the preview. */
  lookAgain: () => void;
}) {
  const { preview } = props;
  const { t, i18n } = useTranslation();
  if (!preview) {
    return <Loading title={false} />;
  }
  if (preview.error) {
    return <Failure error={preview.error} retry={props.again} />;
  }
  const { userErrors } = answerOf(preview.data?.rollbackModel, preview.error);
  if (userErrors.length > 0) {
    return (
      <>
        <Problems texts={userErrors.map((each) => tellError(each, t, i18n.language))} />
        {isConflict(userErrors) && <Button onClick={props.lookAgain}>{t('states.again')}</Button>}
      </>
    );
  }
  const { differences = [] } = preview.data?.rollbackModel ?? {};
  return (
    <section className="rollback-preview" aria-label={t('versions.wouldChange')}>
      <h3>{t(differences.length > 0 ? 'versions.wouldChange' : 'versions.wouldNotChange')}</h3>
      <Differences differences={differences} />
    </section>
  );
}
