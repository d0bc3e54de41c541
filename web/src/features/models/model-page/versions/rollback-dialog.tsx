import { Input, Skeleton } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { PreviewRollbackMutation } from '../../../../gql/graphql.ts';
import { Differences } from './differences.tsx';
import {
  PreviewRollbackDocument,
  RollbackDocument,
  type Version,
  type VersionedModel,
} from './documents.ts';
import { useLookAgain } from './use-look-again.ts';
import { Field, useSending, WriteDialog } from './write-dialog.tsx';

type Preview = PreviewRollbackMutation['rollbackModel'];

/** Makes a model what it was in a version, after showing what that would change. */
export function RollbackDialog(props: {
  model: VersionedModel;
  version: Version;
  onClose: () => void;
  onDone: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const { id: modelId, version: versionNow } = props.model;
  // Others' changes are to be told, not taken along unseen.
  const [expectedVersion, expect] = useState(versionNow);
  const { id: version, label } = props.version;
  const looking = useSending();
  const writing = useSending();
  const [preview, setPreview] = useState<Preview>();
  const [reason, setReason] = useState('');
  const { send: look } = looking;

  // What was looked at, and nothing else, is rolled back.
  const goal = useMemo(
    () => ({ modelId, to: { version }, expectedVersion }),
    [modelId, version, expectedVersion],
  );

  const show = useCallback(
    () =>
      look(async () => {
        const input = { ...goal, dryRun: true };
        const { data, error } = await client.mutation(PreviewRollbackDocument, { input });
        setPreview(data?.rollbackModel);
        return { error, userErrors: data?.rollbackModel.userErrors };
      }),
    [client, goal, look],
  );
  useEffect(() => void show(), [show]);

  // With the model's new version the preview is asked for anew.
  const lookAgain = useLookAgain(modelId, writing, expect);

  const submit = async () => {
    const isDone = await writing.send(async () => {
      const input = { ...goal, dryRun: false, reason: reason.trim() || null };
      const { data, error } = await client.mutation(RollbackDocument, { input });
      return { error, userErrors: data?.rollbackModel.userErrors };
    });
    if (isDone) {
      props.onDone(t('versions.rolledBack', { label }));
    }
  };

  const problems = [...looking.problems, ...writing.problems];
  const count = preview?.differences.length ?? 0;
  return (
    <WriteDialog
      title={t('versions.rollbackTitle', { label })}
      submit={t('versions.rollback')}
      isDanger
      isReady={count > 0 && !looking.isBusy && looking.problems.length === 0}
      width={760}
      sending={{ ...writing, problems }}
      fields={['reason']}
      onSubmit={() => void submit()}
      onLookAgain={lookAgain}
      onClose={props.onClose}
    >
      <p className="muted">{t('versions.rollbackIntro')}</p>
      {looking.isBusy ? (
        <div role="status">
          <span className="hidden">{t('states.loading')}</span>
          <Skeleton active title={false} />
        </div>
      ) : (
        preview &&
        looking.problems.length === 0 && (
          <section className="write-preview" aria-label={t('versions.wouldChange')}>
            <h3>{t(count > 0 ? 'versions.wouldChange' : 'versions.wouldNotChange')}</h3>
            <Differences differences={preview.differences} />
          </section>
        )
      )}
      {count > 0 && (
        <Field label={t('versions.reason')} name="reason" problems={writing.problems}>
          {(aria) => (
            <Input.TextArea
              {...aria}
              autoSize={{ minRows: 2, maxRows: 8 }}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
      )}
    </WriteDialog>
  );
}
